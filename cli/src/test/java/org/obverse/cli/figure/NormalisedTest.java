package org.obverse.cli.figure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.obverse.engine.random.CounterStream;

class NormalisedTest {
    /** {@code (Acc − null) / (ceiling − null)}. */
    @ParameterizedTest
    @CsvSource({"0.9, 0.2, 1, 0.875", "0.2, 0.2, 0.95, 0", "0.95, 0.2, 0.95, 1", "0.1, 0.2, 0.6, -0.25"})
    void it_is_the_share_of_what_the_null_leaves_below_the_ceiling(
            double rate, double nothing, double ceiling, double expected) {
        Normalised share = Normalised.of(rate, nothing, ceiling);

        assertEquals(expected, share.value(), 1e-12);
        assertEquals("", share.reason());
    }

    @Test
    void a_ceiling_that_is_not_above_the_null_leaves_no_share() {
        Normalised share = Normalised.of(0.5, 0.3, 0.3);

        assertTrue(Double.isNaN(share.value()));
        assertEquals("the ceiling 'real' is not above the null 'best-of-n'", share.reason());
    }

    private static double[][] all(double value, int count) {
        double[] row = new double[count];
        Arrays.fill(row, value);
        return new double[][] {row};
    }

    /** {@code (Acc − 0.2) / 0.6} is linear in the rate, and so is its interval. */
    @Test
    void between_a_null_and_a_ceiling_that_are_the_same_for_all_its_interval_is_that_of_the_rate() {
        double[][] rates = {{0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.3}};
        Bootstrap bootstrap = new Bootstrap(10_000);

        Estimate share = Normalised.of(rates, all(0.2, 10), all(0.8, 10), bootstrap);
        MeanInterval rate = MeanInterval.of(rates, "fraction", bootstrap);

        assertEquals((rate.mean() - 0.2) / 0.6, share.value(), 1e-12);
        assertEquals((rate.low() - 0.2) / 0.6, share.bounds().low(), 1e-12);
        assertEquals((rate.high() - 0.2) / 0.6, share.bounds().high(), 1e-12);
    }

    /** As for a mean, over seeds that shift everybody by the same. */
    @Test
    void seeds_that_differ_widen_it() {
        double[][] rates = {{0.4, 0.5, 0.6, 0.5}, {0.7, 0.8, 0.9, 0.8}, {0.4, 0.5, 0.6, 0.5}};
        double[][] nothing = {{0.2, 0.2, 0.2, 0.2}, {0.2, 0.2, 0.2, 0.2}, {0.2, 0.2, 0.2, 0.2}};
        double[][] ceiling = {{1, 1, 1, 1}, {1, 1, 1, 1}, {1, 1, 1, 1}};
        Bootstrap bootstrap = new Bootstrap(1000);

        Estimate share = Normalised.of(rates, nothing, ceiling, bootstrap);
        MeanInterval rate = MeanInterval.of(rates, "", bootstrap);

        assertEquals((rate.low() - 0.2) / 0.8, share.bounds().low(), 1e-12);
        assertEquals((rate.high() - 0.2) / 0.8, share.bounds().high(), 1e-12);
    }

    /** What the study's protocol asks of every interval (C = 50). */
    @ParameterizedTest
    @CsvSource({"50, 0.1, 0.65, 0.35", "3, 0.5, 0.65, 0.35", "3, 0.1, 0.35, 0.35"})
    void its_interval_holds_the_truth_in_93_to_97_of_100_simulations(
            int images, double correlation, double rate, double nothing) {
        Bootstrap bootstrap = new Bootstrap(500);
        BetaBinomial simulated = new BetaBinomial(CounterStream.of(1, "normalised/"), images, correlation);
        double truth = (rate - nothing) / (1 - nothing);
        int held = 0;
        for (int i = 0; i < 1000; i++) {
            double[][] shares = IntStream.range(0, 50)
                    .mapToObj(identity -> simulated.identity(rate, nothing))
                    .toArray(double[][]::new);
            Bounds bounds = Normalised.of(column(shares, 0), column(shares, 1), all(1, 50), bootstrap)
                    .bounds();
            held += bounds.low() <= truth && truth <= bounds.high() ? 1 : 0;
        }
        int found = held;
        assertTrue(held >= 930 && held <= 970, () -> "coverage " + found / 1000.0);
    }

    private static double[][] column(double[][] rows, int column) {
        return new double[][] {
            Arrays.stream(rows).mapToDouble(row -> row[column]).toArray()
        };
    }

    @Test
    void there_is_no_interval_where_the_ceiling_may_be_no_higher_than_the_null() {
        double[][] ceiling = {{0.5, 0.1, 0.9, 0.2}};
        double[][] nothing = {{0.1, 0.5, 0.3, 0.3}};
        double[][] rates = {{0.3, 0.4, 0.5, 0.2}};

        Estimate share = Normalised.of(rates, nothing, ceiling, new Bootstrap(1000));

        assertEquals(0.05 / 0.125, share.value(), 1e-12);
        assertFalse(share.bounds().areKnown());
        assertFalse(Normalised.of(rates, ceiling, nothing, new Bootstrap(1000)).isDefined());
    }
}
