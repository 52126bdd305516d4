package org.obverse.plugins.rlb;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.obverse.testkit.Workbench;

class AgentsTest {
    private static final Workbench BENCH = Workbench.of(AgentsTest.class);
    private static final float[] CENTRE = {0.5f, -0.7f, 0.2f, 0.85f};
    private static final int LENGTH = CENTRE.length;
    private static final int EPISODES = 400;

    @AfterAll
    static void close() {
        BENCH.close();
    }

    @Test
    void a_critic_learns_a_reward_that_never_changes() {
        try (Agents agents = agents(settings(Mode.CORRECTED, 600, 0.003), LENGTH, 1, 2)) {
            run(agents, 600, action -> -11.7);

            NDArray states = agents.states(7, "look");
            for (float value :
                    agents.values(states, agents.act(states, 7, "look")).toFloatArray()) {
                assertEquals(-11.7, value, 0.3);
            }
        }
    }

    /** The agents of seeds 1 to 5, side by side. */
    @Test
    void the_mean_action_reaches_the_best_one() {
        try (Agents agents = agents(settings(Mode.CORRECTED, 3000, 0.001), LENGTH, 1, 2, 3, 4, 5)) {
            run(agents, 3000, AgentsTest::closeness);

            float[] sums = new float[5 * LENGTH];
            int looks = 50;
            for (int look = 0; look < looks; look++) {
                float[] means = agents.means(agents.states(look, "look")).toFloatArray();
                for (int i = 0; i < sums.length; i++) {
                    sums[i] += means[i] / looks;
                }
            }
            for (int i = 0; i < sums.length; i++) {
                assertEquals(CENTRE[i % LENGTH], sums[i], 0.05, "seed " + (1 + i / LENGTH));
            }
        }
    }

    @Test
    void the_temperature_falls_while_actions_are_spread_and_rises_once_they_are_not() {
        List<Double> spread = temperatures(Mode.CORRECTED, LENGTH, action -> -1);
        List<Double> narrow = temperatures(Mode.CORRECTED, LENGTH, action -> 300 * closeness(action));

        assertTrue(spread.get(EPISODES - 1) < 0.8 * spread.get(EPISODES / 2));
        double least = narrow.stream().min(Double::compare).orElseThrow();
        assertTrue(narrow.get(EPISODES - 1) > 1.2 * least, "it ends at " + narrow.get(EPISODES - 1) + " from " + least);
    }

    /** Its mean density is at most about 33, so with more coordinates it never exceeds the target of a sum. */
    @Test
    void the_released_temperature_only_falls_with_many_coordinates() {
        List<Double> course = temperatures(Mode.REFERENCE, 40, action -> 300 * closeness(action));

        for (int i = 1; i < EPISODES; i++) {
            assertTrue(course.get(i) <= course.get(i - 1), "it rises in episode " + i);
        }
        assertTrue(course.get(EPISODES - 1) < 0.5);
    }

    @Test
    void an_agent_learns_the_same_alone_and_among_others() {
        float[] alone;
        float[] among;
        try (Agents agents = agents(settings(Mode.CORRECTED, 60, 0.001), LENGTH, 3)) {
            run(agents, 60, AgentsTest::closeness);
            alone = agents.act(agents.states(0, "look"), 0, "look").toFloatArray();
        }
        try (Agents agents = agents(settings(Mode.CORRECTED, 60, 0.001), LENGTH, 1, 2, 3, 4, 5)) {
            run(agents, 60, AgentsTest::closeness);
            among = agents.act(agents.states(0, "look"), 0, "look").toFloatArray();
        }

        assertArrayEquals(alone, Arrays.copyOfRange(among, 2 * LENGTH, 3 * LENGTH), 1e-6f);
    }

    @Test
    void the_released_noise_is_one_number_for_all_coordinates_and_samples() {
        assertEquals(1, distinctNoise(Mode.REFERENCE));
        assertEquals(2L * LENGTH, distinctNoise(Mode.CORRECTED));
    }

    /** With the initial weights all μ and log σ are read from the heads' biases at the state 0 alone. */
    private static long distinctNoise(Mode mode) {
        try (Agents agents = agents(settings(mode, 10, 0.001), LENGTH, 1)) {
            NDArray zero = BENCH.manager().zeros(new Shape(1, 2, LENGTH));
            float[] actions = agents.sampled(zero, 0, "look").actions().toFloatArray();
            float[] means = agents.means(zero).toFloatArray();
            float[] deviations = agents.deviations(zero).toFloatArray();
            List<Long> noise = new ArrayList<>();
            for (int i = 0; i < actions.length; i++) {
                noise.add(Math.round(1e3 * (atanh(actions[i]) - atanh(means[i])) / deviations[i]));
            }
            return noise.stream().distinct().count();
        }
    }

    private static double atanh(double a) {
        return 0.5 * Math.log((1 + a) / (1 - a));
    }

    private static List<Double> temperatures(Mode mode, int length, ToDoubleFunction<float[]> reward) {
        List<Double> course = new ArrayList<>();
        try (Agents agents = agents(settings(mode, EPISODES, 0.003), length, 1)) {
            for (int episode = 0; episode < EPISODES; episode++) {
                step(agents, episode, reward);
                course.add(agents.temperatures()[0]);
            }
        }
        return course;
    }

    private static double closeness(float[] action) {
        double sum = 0;
        for (int j = 0; j < LENGTH; j++) {
            sum -= (action[j] - CENTRE[j]) * (action[j] - CENTRE[j]);
        }
        return sum;
    }

    private static void run(Agents agents, int episodes, ToDoubleFunction<float[]> reward) {
        for (int episode = 0; episode < episodes; episode++) {
            step(agents, episode, reward);
        }
    }

    private static void step(Agents agents, int episode, ToDoubleFunction<float[]> reward) {
        try (NDScope scope = new NDScope()) {
            NDArray states = agents.states(episode, "explore");
            NDArray actions = agents.act(states, episode, "explore");
            float[] all = actions.toFloatArray();
            int length = Math.toIntExact(actions.getShape().get(2));
            double[] rewards = new double[all.length / length];
            for (int i = 0; i < rewards.length; i++) {
                rewards[i] = reward.applyAsDouble(Arrays.copyOfRange(all, i * length, (i + 1) * length));
            }
            agents.learn(states, actions, rewards, episode);
        }
    }

    private static Agents agents(SacSettings settings, int length, long... seeds) {
        return new Agents(
                settings,
                BENCH,
                BENCH.manager(),
                LongStream.of(seeds).mapToObj(BENCH::stream).toList(),
                length);
    }

    private static SacSettings settings(Mode mode, int episodes, double rate) {
        return new SacSettings(mode, episodes, 0, 2, 2, 8, 1e-7, -60, 32, rate, 32, 0, 0);
    }
}
