package org.obverse.plugins.augmentations;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.obverse.testkit.Workbench;

class BetaTest {
    private static final Workbench BENCH = Workbench.of(BetaTest.class);
    private static final int DRAWS = 10_000;
    /** Of the Kolmogorov-Smirnov distance, exceeded by one in a hundred samples of the distribution itself. */
    private static final double CRITICAL = 1.63 / Math.sqrt(DRAWS);

    @AfterAll
    static void close() {
        BENCH.close();
    }

    @Test
    void draws_have_the_distributions_whose_closed_form_is_known() {
        assertDistribution(0.5, x -> 2 / Math.PI * Math.asin(Math.sqrt(x)));
        assertDistribution(1, x -> x);
        assertDistribution(2, x -> 3 * x * x - 2 * x * x * x);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.1, 0.7, 1, 4, 256})
    void draws_have_the_mean_and_the_variance_of_the_distribution(double alpha) {
        double[] draws = draws(alpha);
        double variance = 1 / (4 * (2 * alpha + 1));
        double mean = Arrays.stream(draws).average().orElseThrow();
        double[] squares = Arrays.stream(draws).map(x -> (x - 0.5) * (x - 0.5)).toArray();
        double spread = Arrays.stream(squares)
                .map(square -> (square - variance) * (square - variance))
                .average()
                .orElseThrow();

        assertEquals(0.5, mean, 3 * Math.sqrt(variance / DRAWS));
        assertEquals(variance, Arrays.stream(squares).average().orElseThrow(), 3 * Math.sqrt(spread / DRAWS));
    }

    @Test
    void a_parameter_close_to_0_draws_one_or_the_other() {
        double[] draws = draws(1e-4);

        assertTrue(Arrays.stream(draws).allMatch(x -> x >= 0 && x <= 1), "a number");
        assertTrue(Arrays.stream(draws).filter(x -> x < 1e-6 || x > 1 - 1e-6).count() > 0.99 * DRAWS, "of one");
        assertEquals(0.5, Arrays.stream(draws).average().orElseThrow(), 3 * 0.5 / Math.sqrt(DRAWS));
    }

    @Test
    void a_huge_parameter_is_half_and_half() {
        for (double draw : draws(1e12)) {
            assertEquals(0.5, draw, 5 / Math.sqrt(8e12));
        }
    }

    private static void assertDistribution(double alpha, DoubleUnaryOperator cumulative) {
        double[] draws = draws(alpha);
        Arrays.sort(draws);
        double distance = 0;
        for (int i = 0; i < DRAWS; i++) {
            double expected = cumulative.applyAsDouble(draws[i]);
            distance = Math.max(distance, Math.max(expected - (double) i / DRAWS, (i + 1.0) / DRAWS - expected));
        }
        assertTrue(distance < CRITICAL, alpha + ": " + distance);
    }

    private static double[] draws(double alpha) {
        return IntStream.range(0, DRAWS)
                .mapToDouble(i -> Beta.draw(alpha, BENCH.stream(2).child("draw", i)))
                .toArray();
    }
}
