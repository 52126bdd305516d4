package org.obverse.plugins.rlb;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.obverse.api.attack.Candidates;
import org.obverse.api.attack.FixedImages;
import org.obverse.api.plugin.InvalidConfigurationException;
import org.obverse.api.plugin.Kind;
import org.obverse.api.plugin.Use;
import org.obverse.engine.target.BudgetSpentException;
import org.obverse.inversion.Certainty;
import org.obverse.inversion.PriorPoints;
import org.obverse.plugins.gmi.GmiPlugin;
import org.obverse.testkit.StageUnit;
import org.obverse.testkit.Workbench;
import org.obverse.testkit.small.Bowl;
import org.obverse.testkit.small.RowGenerator;

class SoftActorCriticTest {
    private static final Workbench BENCH =
            Workbench.of(SoftActorCriticTest.class).with(new GmiPlugin());
    private static final List<Float> CENTRE = List.of(0.5f, -0.7f, 0.2f, 0.85f, -0.3f, 0.6f, -0.6f, 0.4f);
    private static final int LENGTH = CENTRE.size();

    @AfterAll
    static void close() {
        BENCH.close();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void it_beats_the_best_of_as_many_draws_from_the_prior(long seed) {
        int episodes = 600;
        StageUnit unit = unit(8, 0).withSeed(seed);

        Candidates found = search(Mode.CORRECTED, episodes, 0).optimize(start(0), unit);

        double best = IntStream.range(0, Math.toIntExact(unit.queries()))
                .mapToDouble(i -> -distance(BENCH.stream(seed).child("draw", i).gaussians(LENGTH)))
                .max()
                .orElseThrow();
        assertEquals(2L * episodes, unit.queries());
        assertTrue(found.scores().get(0) > best, found.scores().get(0) + " is no more than " + best);
        assertEquals(-distance(points(found)), found.scores().get(0), 1e-4);
    }

    @Test
    void an_episode_costs_two_queries_per_agent_and_three_if_the_state_is_in_the_image() {
        StageUnit bandit = unit(8, 0, 1);
        StageUnit mixed = unit(8, 0, 1);

        search(Mode.CORRECTED, 5, 0).optimize(start(0, 1), bandit);
        search(Mode.CORRECTED, 5, 0.3).optimize(start(0, 1), mixed);

        assertEquals(2 * 2 * 5, bandit.queries());
        assertEquals(2 * 3 * 5, mixed.queries());
    }

    @Test
    void every_point_of_a_bandit_lies_in_the_cube_and_the_best_confidence_never_falls() {
        Candidates found = search(Mode.CORRECTED, 40, 0).optimize(start(0), unit(8, 0));

        for (float z : points(found)) {
            assertTrue(Math.abs(z) <= 1);
        }
        float[] confidences = found.curves().get(1).values().get(0);
        assertEquals(40, confidences.length);
        IntStream.range(1, 40).forEach(i -> assertTrue(confidences[i] >= confidences[i - 1]));
        assertEquals(Math.exp(found.scores().get(0)), confidences[39], 1e-6);
    }

    @Test
    void fifty_episodes_of_a_class_are_the_same_alone_and_among_others_whatever_the_batch() {
        Candidates together = search(Mode.CORRECTED, 50, 0).optimize(start(1, 0), unit(8, 1, 0));
        Candidates alone = search(Mode.CORRECTED, 50, 0).optimize(start(0), unit(1, 0));

        assertArrayEquals(points(alone), Arrays.copyOfRange(points(together), LENGTH, 2 * LENGTH), 1e-6f);
        float[] rewards = together.curves().get(0).values().get(1);
        float[] others = alone.curves().get(0).values().get(0);
        for (int i = 0; i < 50; i++) {
            assertEquals(others[i], rewards[i], 1e-6 * Math.abs(others[i]) + 1e-6, "episode " + i);
        }
    }

    @Test
    void a_spent_budget_leaves_the_best_of_the_episodes_that_ended() {
        StageUnit unit = unit(8, 0).withBudget(21);

        assertThrows(
                BudgetSpentException.class, () -> search(Mode.CORRECTED, 50, 0).optimize(start(0), unit));

        assertEquals(21, unit.queries());
        Candidates left = unit.foundWhenSpent();
        assertEquals(10, left.curves().get(0).values().get(0).length);
        assertEquals(-distance(points(left)), left.scores().get(0), 1e-4);
    }

    @Test
    void without_any_budget_the_start_is_the_result() {
        StageUnit unit = unit(8, 0).withBudget(0);

        assertThrows(
                BudgetSpentException.class, () -> search(Mode.CORRECTED, 5, 0).optimize(start(0), unit));

        assertArrayEquals(points(start(0)), points(unit.foundWhenSpent()));
    }

    @Test
    void a_repeated_unit_is_the_same_to_the_bit() {
        assertArrayEquals(
                points(search(Mode.CORRECTED, 60, 0).optimize(start(0), unit(8, 0))),
                points(search(Mode.CORRECTED, 60, 0).optimize(start(0), unit(8, 0))));
    }

    @Test
    void the_released_variant_keeps_the_last_of_equally_sure_test_actions() {
        Found found = new Found(settings(Mode.REFERENCE, 3, 0), new float[] {9});
        Found ours = new Found(settings(Mode.CORRECTED, 3, 0), new float[] {9});
        for (Found each : List.of(found, ours)) {
            each.ended(0, tried(1, 0, 70), tried(2, 0, 60));
            each.ended(0, tried(3, -1, 1), tried(4, 0, 50));
            each.ended(0, tried(5, -1, 1), tried(6, -0.1, 50));
        }

        assertArrayEquals(new float[] {4}, found.best());
        assertArrayEquals(new float[] {1}, ours.best());
    }

    @Test
    void the_released_variant_searches_too() {
        Candidates found = search(Mode.REFERENCE, 40, 0).optimize(start(0), unit(8, 0));

        assertEquals(-distance(points(found)), found.scores().get(0), 1e-4);
    }

    @Test
    void more_episodes_leave_no_more_arrays_behind() {
        assertEquals(arraysAfter(10), arraysAfter(40));
    }

    private static int arraysAfter(int episodes) {
        int before = BENCH.manager().getManagedArrays().size();
        try (NDScope scope = new NDScope()) {
            search(Mode.CORRECTED, episodes, 0).optimize(start(0), unit(8, 0));
            return BENCH.manager().getManagedArrays().size() - before;
        }
    }

    @Test
    void images_are_no_start() {
        Candidates images = new Candidates(
                new FixedImages(BENCH.manager().zeros(new Shape(1, 1, 1, LENGTH))),
                List.of(0),
                List.of(0.0),
                List.of());

        assertThrows(
                InvalidConfigurationException.class,
                () -> search(Mode.CORRECTED, 5, 0).optimize(images, unit(8, 0)));
    }

    private static Found.Tried tried(float z, double log, double margin) {
        return new Found.Tried(new float[] {z}, new Certainty(log, margin));
    }

    private static double distance(float[] z) {
        double sum = 0;
        for (int j = 0; j < LENGTH; j++) {
            sum += Math.pow(z[j] - CENTRE.get(j), 2);
        }
        return sum;
    }

    private static SoftActorCritic search(Mode mode, int episodes, double alpha) {
        return new SoftActorCritic(settings(mode, episodes, alpha), BENCH);
    }

    private static SacSettings settings(Mode mode, int episodes, double alpha) {
        return new SacSettings(mode, episodes, alpha, 2, 2, 8, 1e-7, -60, 32, 0.002, 16, 0, 0);
    }

    private static StageUnit unit(int batch, Integer... classes) {
        return StageUnit.of(BENCH, List.of(classes), new RowGenerator(LENGTH))
                .withTarget(new Bowl(BENCH.parameters(1), CENTRE, 1))
                .withBatch(batch);
    }

    private static Candidates start(Integer... classes) {
        return BENCH.create(Kind.SAMPLER, new Use(SoftActorCritic.START, Map.of("candidates", 1)))
                .sample(unit(8, classes));
    }

    private static float[] points(Candidates found) {
        NDArray z = ((PriorPoints) found.representation()).z();
        return z.toFloatArray();
    }
}
