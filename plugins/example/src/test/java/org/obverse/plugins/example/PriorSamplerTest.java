package org.obverse.plugins.example;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import java.util.List;
import java.util.ServiceLoader;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.obverse.api.attack.Candidates;
import org.obverse.api.plugin.Plugin;
import org.obverse.api.plugin.Problem;
import org.obverse.testkit.StageUnit;
import org.obverse.testkit.Workbench;

class PriorSamplerTest {
    private static final Workbench BENCH = Workbench.of(PriorSamplerTest.class);

    @AfterAll
    static void close() {
        BENCH.close();
    }

    @Test
    void it_returns_the_candidates_of_each_class_in_the_order_of_the_request_and_scores_none() {
        Candidates found = sample(2, 1, 1, 7, 3);

        assertEquals(List.of(7, 7, 3, 3), found.classes());
        assertTrue(found.scores().stream().allMatch(score -> Double.isNaN(score)));
    }

    @Test
    void a_candidate_is_what_the_generator_makes_of_its_own_draws() {
        Candidates found = sample(2, 1, 1, 7, 3);
        float[] z = found.stream(BENCH.stream(1), 3).gaussians(2);

        assertArrayEquals(new float[] {-z[1], z[0]}, points(found.rows(3)), 1e-6f);
    }

    @Test
    void a_candidate_does_not_depend_on_the_other_classes_of_its_unit() {
        assertArrayEquals(
                points(sample(2, 1, 1, 3)), points(sample(2, 1, 1, 7, 3).rows(2, 3)));
    }

    @Test
    void draws_follow_the_prior_whose_spread_is_set() {
        NDArray points = sample(20_000, 0.5, 1, 0).representation().variables().head();

        assertEquals(0, points.mean().getFloat(), 5 * 0.5 / Math.sqrt(40_000));
        assertEquals(0.25, points.square().mean().getFloat(), 5 * 0.25 * Math.sqrt(2.0 / 40_000));
    }

    @Test
    void another_seed_draws_others() {
        assertTrue(points(sample(1, 1, 1, 0))[0] != points(sample(1, 1, 2, 0))[0]);
    }

    @Test
    void everything_out_of_range_is_reported_at_once() {
        List<Problem> problems = new PriorSampler.Settings(0, Double.NaN).check();

        assertEquals(
                List.of("candidates", "spread"),
                problems.stream().map(Problem::path).toList());
        assertEquals(List.of(), new PriorSampler.Settings(1, 0.1).check());
    }

    @Test
    void the_service_loader_finds_the_plugin() {
        List<? extends Class<?>> found = ServiceLoader.load(Plugin.class).stream()
                .map(ServiceLoader.Provider::type)
                .filter(ExamplePlugin.class::equals)
                .toList();

        assertEquals(List.of(ExamplePlugin.class), found);
    }

    private static Candidates sample(int candidates, double spread, long seed, Integer... classes) {
        return new PriorSampler(new PriorSampler.Settings(candidates, spread))
                .sample(StageUnit.of(BENCH, List.of(classes), new Rotation()).withSeed(seed));
    }

    private static float[] points(Candidates candidates) {
        return candidates.representation().variables().head().toFloatArray();
    }
}
