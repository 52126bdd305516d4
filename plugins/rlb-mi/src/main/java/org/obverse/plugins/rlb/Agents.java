package org.obverse.plugins.rlb;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.obverse.api.plugin.Resources;
import org.obverse.api.random.RandomStream;
import org.obverse.api.tensor.Gradients;
import org.obverse.api.training.ParameterOptimizer;

/**
 * K agents that learn by soft actor-critic (Haarnoja et al. 2018, arXiv 1812.05905), each from what it did itself, where an
 * episode is one action. What a critic learns is then the reward: neither discount nor target critics would change anything,
 * and there are none.
 *
 * <p>In one update: critics, temperature, actor. The actor follows the first critic, as released, not the lesser of both.
 */
final class Agents implements AutoCloseable {
    private static final double LEAST_LOG_DEVIATION = -20;
    private static final double MOST_LOG_DEVIATION = 2;

    private final SacSettings settings;
    private final Resources resources;
    private final NDManager manager;
    private final List<RandomStream> random;
    private final int length;
    private final Stack actor;
    private final Stack critic;
    private final Stack secondCritic;
    private final NDArray logTemperatures;
    private final ParameterOptimizer actorAdam;
    private final ParameterOptimizer criticAdam;
    private final ParameterOptimizer temperatureAdam;
    private final Replay replay;

    /**
     * @param random one stream per agent
     * @param length of a state and of an action, d
     * @param manager for what lives as long as the agents
     */
    Agents(SacSettings settings, Resources resources, NDManager manager, List<RandomStream> random, int length) {
        this.settings = settings;
        this.resources = resources;
        this.manager = manager;
        this.random = random;
        this.length = length;
        Gradients gradients = resources.gradients();
        int hidden = settings.hidden();
        this.actor = new Stack(
                gradients,
                manager,
                each("actor"),
                Stack.Bounds.ofActor(length, hidden),
                length,
                hidden,
                length,
                length);
        this.critic = critic("critic-1");
        this.secondCritic = critic("critic-2");
        this.logTemperatures = gradients.variable(manager.zeros(new Shape(random.size(), 1, 1)));
        this.actorAdam = adam(actor.parameters());
        this.criticAdam = adam(critics());
        this.temperatureAdam = adam(new NDList(logTemperatures));
        this.replay = new Replay(manager, random.size(), settings.episodes(), length);
    }

    private Stack critic(String name) {
        return new Stack(
                resources.gradients(),
                manager,
                each(name),
                Stack.Bounds.ofCritic(settings.hidden()),
                2 * length,
                settings.hidden(),
                1);
    }

    private NDList critics() {
        NDList both = new NDList(critic.parameters());
        both.addAll(secondCritic.parameters());
        return both;
    }

    private ParameterOptimizer adam(NDList variables) {
        return resources.training().adam(variables, 0.9, 0.999, 1e-8, 0);
    }

    private List<RandomStream> each(String name) {
        return random.stream().map(own -> own.child(name)).toList();
    }

    /** A standard normal state of each agent, {@code [K, 1, d]}. */
    NDArray states(int episode, String purpose) {
        FloatBuffer values = FloatBuffer.allocate(random.size() * length);
        for (RandomStream own : random) {
            values.put(at(own, episode, purpose).child("state").gaussians(length));
        }
        return manager.create(values.flip(), new Shape(random.size(), 1, length));
    }

    /** Drawn actions, {@code [K, 1, d]}. */
    NDArray act(NDArray states, int episode, String purpose) {
        return sampled(states, episode, purpose).actions();
    }

    /** {@code tanh} of the policy's mean, {@code [K, B, d]}. */
    NDArray means(NDArray states) {
        return actor.of(states).get(0).tanh();
    }

    /** σ of the policy, {@code [K, B, d]}. */
    NDArray deviations(NDArray states) {
        return logDeviations(actor.of(states)).exp();
    }

    private static NDArray logDeviations(NDList heads) {
        return heads.get(1).clip(LEAST_LOG_DEVIATION, MOST_LOG_DEVIATION);
    }

    /** {@code Q} of the first critic, {@code [K, B, 1]}. */
    NDArray values(NDArray states, NDArray actions) {
        return critic.of(pairs(states, actions)).head();
    }

    /** One per agent. */
    double[] temperatures() {
        return logTemperatures.exp().toType(DataType.FLOAT64, false).toDoubleArray();
    }

    /** The policy's actions at some states, with noise of the agents' own. */
    Squashed sampled(NDArray states, int episode, String purpose) {
        NDList heads = actor.of(states);
        int rows = Math.toIntExact(states.getShape().get(1));
        return Squashed.of(
                heads.get(0),
                logDeviations(heads),
                noise(rows, episode, purpose),
                settings.mode(),
                resources.operators());
    }

    private NDArray noise(int rows, int episode, String purpose) {
        FloatBuffer values = FloatBuffer.allocate(random.size() * rows * length);
        for (RandomStream own : random) {
            RandomStream stream = at(own, episode, purpose).child("noise");
            switch (settings.mode()) {
                case CORRECTED -> values.put(stream.gaussians(rows * length));
                case REFERENCE -> {
                    float shared = (float) stream.gaussian();
                    for (int i = 0; i < rows * length; i++) {
                        values.put(shared);
                    }
                }
            }
        }
        return manager.create(values.flip(), new Shape(random.size(), rows, length));
    }

    /** Remembers what the agents did and learns from what they remember, once there is enough of it. */
    void learn(NDArray states, NDArray actions, double[] rewards, int episode) {
        float[] values = new float[rewards.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) rewards[i];
        }
        replay.add(states, actions, manager.create(values, new Shape(values.length, 1, 1)));
        if (replay.size() > settings.replayBatch()) {
            update(episode);
        }
    }

    private void update(int episode) {
        List<RandomStream> draws =
                random.stream().map(own -> at(own, episode, "replay")).toList();
        Replay.Batch batch = replay.draw(draws, settings.replayBatch());
        NDArray pairs = pairs(batch.states(), batch.actions());
        descend(
                criticAdam,
                critics(),
                () -> Stream.of(critic, secondCritic)
                        .map(judge -> batch.rewards()
                                .sub(judge.of(pairs).head())
                                .square()
                                .mul(0.5)
                                .mean(new int[] {1})
                                .sum())
                        .reduce(NDArray::add)
                        .orElseThrow());
        descend(actorAdam, actor.parameters(), () -> {
            Squashed sample = sampled(batch.states(), episode, "update");
            warm(sample.logDensities());
            NDArray value = values(batch.states(), sample.actions());
            return temperature()
                    .mul(sample.logDensities())
                    .sub(value)
                    .mean(new int[] {1})
                    .sum();
        });
    }

    /** Down the gradient of {@code −log α (log π + H̄)} with respect to log α; the target entropy H̄ is −d. */
    private void warm(NDArray logDensities) {
        try (Gradients.Recording paused = resources.gradients().paused()) {
            NDArray gradient =
                    logDensities.mean(new int[] {1}, true).sub(length).neg();
            temperatureAdam.step(new NDList(gradient), settings.learningRate());
        }
    }

    private NDArray temperature() {
        try (Gradients.Recording paused = resources.gradients().paused()) {
            return logTemperatures.exp();
        }
    }

    private void descend(ParameterOptimizer adam, NDList variables, Supplier<NDArray> loss) {
        NDArray total;
        try (Gradients.Recording recording = resources.gradients().recording()) {
            total = loss.get();
        }
        adam.step(resources.gradients().of(total, variables), settings.learningRate());
    }

    private static NDArray pairs(NDArray states, NDArray actions) {
        return NDArrays.concat(new NDList(states, actions), 2);
    }

    private static RandomStream at(RandomStream own, int episode, String purpose) {
        return own.child(purpose, episode);
    }

    @Override
    public void close() {
        actorAdam.close();
        criticAdam.close();
        temperatureAdam.close();
    }
}
