package org.obverse.plugins.dpsgd;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.obverse.api.plugin.Problem;
import org.obverse.testkit.Workbench;

/** What the policy makes of gradients. */
class ClippedGradientsTest {
    private static final Workbench BENCH = Workbench.of(ClippedGradientsTest.class);

    @AfterAll
    static void close() {
        BENCH.close();
    }

    @Test
    void a_gradient_longer_than_the_clip_is_shortened_and_a_shorter_one_stays() {
        NDArray gradients = BENCH.manager().create(new float[] {3, 4, 0.3f, 0.4f}, new Shape(2, 2));

        assertArrayEquals(new float[] {0.9f, 1.2f}, sum(policy(1, 0), gradients).toFloatArray(), 1e-6f);
    }

    @Test
    void a_guarantee_that_may_fail_for_one_of_all_samples_is_refused() {
        ClippedGradients policy = new ClippedGradients(new DpSgd(1, 1, 1e-3));

        assertEquals(List.of(), policy.check(999));
        assertEquals(
                "delta: a delta of 0.001 allows one of 1000 training images to be given away whole; use a value well below 1/1000,"
                        + " such as 1e-04",
                policy.check(1000).get(0).toString());
    }

    @Test
    void a_gradient_of_zeros_stays_one() {
        assertEquals(
                1, policy(1, 0).factors(BENCH.manager().create(new float[] {0})).getFloat());
        assertEquals(
                1,
                policy(Double.POSITIVE_INFINITY, 0)
                        .factors(BENCH.manager().create(new float[] {0}))
                        .getFloat());
    }

    @Test
    void under_a_clip_near_0_every_sample_counts_by_its_direction_alone() {
        NDArray gradients = BENCH.manager().create(new float[] {3, 4, 0.3f, -0.4f}, new Shape(2, 2));
        double clip = 1e-6;

        assertArrayEquals(
                new float[] {1.2f, 0}, sum(policy(clip, 0), gradients).div(clip).toFloatArray(), 1e-6f);
    }

    @Test
    void one_sample_changes_a_sum_by_no_more_than_the_clip() {
        ClippedGradients policy = policy(0.7, 0);
        double most = 0;
        for (int pair = 0; pair < 1000; pair++) {
            NDArray scale = BENCH.manager()
                    .create(BENCH.stream(pair).child("scale").gaussians(6), new Shape(6, 1))
                    .exp();
            NDArray gradients = BENCH.manager()
                    .create(BENCH.stream(pair).gaussians(6 * 5), new Shape(6, 5))
                    .mul(scale);
            double distance = sum(policy, gradients)
                    .sub(sum(policy, gradients.get("1:")))
                    .norm()
                    .getFloat();
            most = Math.max(most, distance);
        }
        assertEquals(0.7, most, 1e-5);
    }

    @Test
    void the_noise_has_the_variance_of_the_sum_over_the_square_of_the_expected_batch() {
        int draws = 10_000;
        double noise = 1.3;
        double clip = 0.5;
        double expected = 4;
        NDList sum = new NDList(BENCH.manager().ones(new Shape(draws / 2, 2)).mul(8));
        NDArray step =
                policy(clip, noise).combine(sum, expected, BENCH.stream(3)).head();
        double variance = step.sub(2).square().mean().getFloat();
        double stated = noise * noise * clip * clip / (expected * expected);

        assertEquals(2, step.mean().getFloat(), 3 * Math.sqrt(stated / draws));
        assertEquals(stated, variance, 3 * stated * Math.sqrt(2.0 / draws));
    }

    @Test
    void noise_is_another_in_each_tensor_and_step() {
        NDArray zeros = BENCH.manager().zeros(new Shape(10_000));
        NDList step = policy(1, 1).combine(new NDList(zeros, zeros), 1, BENCH.stream(3));
        NDList next = policy(1, 1).combine(new NDList(zeros, zeros), 1, BENCH.stream(4));

        uncorrelated(step.get(0), step.get(1));
        uncorrelated(step.get(0), next.get(0));
    }

    private static void uncorrelated(NDArray a, NDArray b) {
        double correlation = a.mul(b).mean().getFloat();
        assertTrue(Math.abs(correlation) < 4 / Math.sqrt((double) a.size()), () -> "correlation " + correlation);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 1, 1e-5, clip",
        "-1, 1, 1e-5, clip",
        "NaN, 1, 1e-5, clip",
        "Infinity, 1, 1e-5, clip",
        "1, -1, 1e-5, noise",
        "1, Infinity, 1e-5, noise",
        "1, NaN, 1e-5, noise",
        "1, 1, 0, delta",
        "1, 1, 1, delta"
    })
    void keys_out_of_range_are_refused(double clip, double noise, double delta, String key) {
        assertEquals(
                List.of(key),
                new DpSgd(clip, noise, delta)
                        .check().stream().map(Problem::path).toList());
    }

    @Test
    void neither_noise_nor_clip_is_needed() {
        assertEquals(List.of(), new DpSgd(Double.POSITIVE_INFINITY, 0, 1e-5).check());
        assertEquals(List.of(), DpSgd.DEFAULT.check());
    }

    private static NDArray sum(ClippedGradients policy, NDArray gradients) {
        NDArray norms = gradients.square().sum(new int[] {1}).sqrt();
        return gradients.mul(policy.factors(norms).reshape(-1, 1)).sum(new int[] {0});
    }

    private static ClippedGradients policy(double clip, double noise) {
        return new ClippedGradients(new DpSgd(clip, noise, 1e-5));
    }
}
