package org.obverse.plugins.filters;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.obverse.api.defense.OutputFilter;
import org.obverse.testkit.Workbench;

/** What each filter answers, beside what a deployed model of these scores would. */
class FilterTest {
    private static final Workbench BENCH = Workbench.of(FilterTest.class);
    /** As an attacker computes them from logits in float32. */
    private static final double CLOSE = 1e-6;

    @AfterAll
    static void close() {
        BENCH.close();
    }

    @Test
    void label_only_answers_equally_to_all_scores_of_one_label() {
        NDArray sure = filtered(new LabelFilter(), 0.98, 0.01, 0.01);
        NDArray unsure = filtered(new LabelFilter(), 0.34, 0.33, 0.33);

        assertArrayEquals(sure.toFloatArray(), unsure.toFloatArray());
        assertArrayEquals(new double[] {1, 0, 0}, scores(sure), 1e-15);
    }

    @Test
    void top_k_tells_the_k_largest_scores_as_they_are_and_spreads_the_rest_evenly() {
        assertArrayEquals(
                new double[] {0.3, 0.5, 0.1, 0.1}, scores(filtered(new TopFilter(2), 0.3, 0.5, 0.05, 0.15)), CLOSE);
        assertArrayEquals(
                new double[] {0.5 / 3, 0.5, 0.5 / 3, 0.5 / 3},
                scores(filtered(new TopFilter(1), 0.3, 0.5, 0.05, 0.15)),
                CLOSE);
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 100})
    void top_k_of_all_classes_or_more_is_no_filter(int k) {
        NDArray logits = logits(0.3, 0.5, 0.05, 0.15);

        assertArrayEquals(
                logits.toFloatArray(), filtered(new TopFilter(k), logits).toFloatArray());
    }

    @Test
    void top_k_tells_classes_that_tie_with_the_kth() {
        assertArrayEquals(
                new double[] {0.25, 0.4, 0.25, 0.1}, scores(filtered(new TopFilter(2), 0.25, 0.4, 0.25, 0.1)), CLOSE);
        assertArrayEquals(
                new double[] {0.25, 0.25, 0.25, 0.25},
                scores(filtered(new TopFilter(1), 0.25, 0.25, 0.25, 0.25)),
                CLOSE);
    }

    @Test
    void top_k_of_logits_whose_scores_float32_cannot_tell_from_0_is_finite_and_keeps_their_order() {
        NDArray logits = row(-900, 900, -2000, 0);
        float[] answer = filtered(new TopFilter(2), logits).toFloatArray();

        assertEquals(900f, answer[1]);
        assertEquals(0f, answer[3]);
        assertEquals(answer[0], answer[2]);
        assertTrue(answer[0] < 0 && Float.isFinite(answer[0]), Arrays.toString(answer));
    }

    @Test
    void rounded_scores_are_those_of_the_nearest_decimals_divided_by_their_sum() {
        assertArrayEquals(
                new double[] {0.4 / 0.9, 0.3 / 0.9, 0.2 / 0.9, 0},
                scores(filtered(new RoundingFilter(1), 0.44, 0.33, 0.19, 0.04)),
                CLOSE);
        assertArrayEquals(
                new double[] {0.44, 0.33, 0.19, 0.04},
                scores(filtered(new RoundingFilter(2), 0.441, 0.332, 0.189, 0.038)),
                CLOSE);
    }

    @Test
    void a_score_that_is_rounded_to_0_has_a_finite_logarithm() {
        NDArray answer = filtered(new RoundingFilter(2), 0.999, 0.001);

        assertArrayEquals(new double[] {1, 0}, scores(answer), 1e-15);
        assertTrue(Double.isFinite(answer.logSoftmax(1).min().getFloat()));
    }

    @Test
    void scores_that_are_all_rounded_to_0_are_equal_and_the_label_is_still_the_models() {
        NDArray answer = filtered(new RoundingFilter(0), 0.3, 0.3, 0.4);

        assertArrayEquals(new double[] {1 / 3.0, 1 / 3.0, 1 / 3.0}, scores(answer), 1e-15);
        assertEquals(2, answer.argMax(1).getLong(0));
    }

    @Test
    void scores_that_tie_after_rounding_are_equal_and_the_label_is_still_the_models() {
        NDArray answer = filtered(new RoundingFilter(1), 0.499, 0.501);

        assertArrayEquals(new double[] {0.5, 0.5}, scores(answer), 1e-15);
        assertEquals(1, answer.argMax(1).getLong(0));
    }

    @Test
    void temperature_divides_logits() {
        double sum = Math.exp(1) + Math.exp(0.5) + Math.exp(-0.5);

        assertArrayEquals(
                new double[] {Math.exp(1) / sum, Math.exp(0.5) / sum, Math.exp(-0.5) / sum},
                scores(filtered(new TemperatureFilter(2), row(2, 1, -1))),
                CLOSE);
    }

    @Test
    void noise_has_the_mean_and_variance_that_it_says() {
        int draws = 10_000;
        double sigma = 2;
        float[] noise = new NoiseFilter(sigma)
                .filter(BENCH.manager().zeros(new Shape(draws / 4, 4)), BENCH.stream(3))
                .toFloatArray();
        double mean = 0;
        double square = 0;
        for (float value : noise) {
            mean += value / draws;
            square += (double) value * value / draws;
        }

        assertEquals(0, mean, 3 * sigma / Math.sqrt(draws));
        assertEquals(sigma * sigma, square, 3 * sigma * sigma * Math.sqrt(2.0 / draws));
    }

    @Test
    void noise_of_a_sample_does_not_depend_on_those_after_it_and_is_another_one_in_each_query() {
        NoiseFilter filter = new NoiseFilter(1);
        NDArray three = BENCH.manager().zeros(new Shape(3, 4));
        NDArray first = filter.filter(three, BENCH.stream(3)).get("0:1");

        assertArrayEquals(
                first.toFloatArray(),
                filter.filter(three.get("0:1"), BENCH.stream(3)).toFloatArray());
        assertFalse(Arrays.equals(
                first.toFloatArray(),
                filter.filter(three.get("0:1"), BENCH.stream(4)).toFloatArray()));
    }

    @Test
    void no_noise_and_a_temperature_of_1_are_no_filter() {
        NDArray logits = logits(0.3, 0.5, 0.05, 0.15);

        assertArrayEquals(
                logits.toFloatArray(), filtered(new NoiseFilter(0), logits).toFloatArray());
        assertArrayEquals(
                logits.toFloatArray(),
                filtered(new TemperatureFilter(1), logits).toFloatArray());
    }

    @ParameterizedTest
    @MethodSource("deterministic")
    void filters_without_noise_leave_the_label(OutputFilter filter) {
        NDArray logits = BENCH.manager()
                .create(BENCH.stream(5).gaussians(200 * 7), new Shape(200, 7))
                .mul(0.3);

        assertArrayEquals(
                logits.argMax(1).toLongArray(),
                filtered(filter, logits).argMax(1).toLongArray());
    }

    static List<OutputFilter> deterministic() {
        return List.of(
                new LabelFilter(),
                new TopFilter(1),
                new TopFilter(3),
                new RoundingFilter(0),
                new RoundingFilter(1),
                new TemperatureFilter(20));
    }

    private static NDArray filtered(OutputFilter filter, double... scores) {
        return filtered(filter, logits(scores));
    }

    private static NDArray filtered(OutputFilter filter, NDArray logits) {
        return filter.filter(logits, BENCH.stream(1));
    }

    /** Logits whose scores these are, and whose level says nothing. */
    private static NDArray logits(double... scores) {
        return row(Arrays.stream(scores).map(score -> Math.log(score) + 3).toArray());
    }

    private static NDArray row(double... logits) {
        return BENCH.manager().create(logits, new Shape(1, logits.length)).toType(DataType.FLOAT32, false);
    }

    /** As the engine makes scores of logits. */
    private static double[] scores(NDArray logits) {
        return logits.toType(DataType.FLOAT64, false).logSoftmax(1).exp().toDoubleArray();
    }
}
