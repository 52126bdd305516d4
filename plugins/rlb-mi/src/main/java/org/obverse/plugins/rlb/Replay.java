package org.obverse.plugins.rlb;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.obverse.api.random.RandomStream;

/** Every state, action and reward of K agents, each of which remembers its own. */
final class Replay {
    private final int capacity;
    private final NDArray states;
    private final NDArray actions;
    private final NDArray rewards;
    private int size;

    /**
     * @param capacity most entries per agent
     * @param length of a state and of an action
     */
    Replay(NDManager manager, int agents, int capacity, int length) {
        this.capacity = capacity;
        this.states = manager.zeros(new Shape(agents, capacity, length));
        this.actions = manager.zeros(new Shape(agents, capacity, length));
        this.rewards = manager.zeros(new Shape(agents, capacity, 1));
    }

    /** Some entries of each agent, {@code [K, B, …]}. */
    record Batch(NDArray states, NDArray actions, NDArray rewards) {}

    int size() {
        return size;
    }

    /**
     * One entry per agent.
     *
     * @param state {@code [K, 1, length]}
     * @param action {@code [K, 1, length]}
     * @param reward {@code [K, 1, 1]}
     */
    void add(NDArray state, NDArray action, NDArray reward) {
        NDIndex place = new NDIndex(":,{}:{}", size, size + 1);
        states.set(place, state);
        actions.set(place, action);
        rewards.set(place, reward);
        size++;
    }

    /**
     * Uniformly drawn entries, none of them twice.
     *
     * @param random one stream per agent
     * @param count at most {@link #size}
     */
    Batch draw(List<RandomStream> random, int count) {
        long[] places = new long[random.size() * count];
        int next = 0;
        for (int agent = 0; agent < random.size(); agent++) {
            for (int entry : distinct(random.get(agent), count)) {
                places[next++] = (long) agent * capacity + entry;
            }
        }
        NDArray indices = states.getManager().create(places);
        return new Batch(
                picked(states, indices, count), picked(actions, indices, count), picked(rewards, indices, count));
    }

    private static NDArray picked(NDArray from, NDArray indices, int count) {
        Shape shape = from.getShape();
        return from.reshape(-1, shape.get(2)).get(indices).reshape(shape.get(0), count, shape.get(2));
    }

    /** Floyd's algorithm (Bentley and Floyd 1987): one draw per entry. */
    private Set<Integer> distinct(RandomStream random, int count) {
        Set<Integer> chosen = new HashSet<>();
        for (int last = size - count; last < size; last++) {
            int drawn = random.below(last + 1);
            chosen.add(chosen.contains(drawn) ? last : drawn);
        }
        return chosen;
    }
}
