package org.obverse.cli.figure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class MeanIntervalTest {
    private static final Bootstrap BOOTSTRAP = new Bootstrap(10_000);

    /** Student's interval of the mean, t(0.975, 19) = 2.0930 (tables). */
    @Test
    void the_interval_of_symmetric_values_is_close_to_students() {
        double[] values = IntStream.range(0, 20).mapToDouble(i -> 10 + i - 9.5).toArray();
        double deviation =
                Math.sqrt(DoubleStream.of(values).map(x -> (x - 10) * (x - 10)).sum() / 19);

        MeanInterval estimate = MeanInterval.of(new double[][] {values}, "", BOOTSTRAP);

        assertEquals(10, estimate.mean(), 1e-12);
        assertEquals(10 - 2.0930 * deviation / Math.sqrt(20), estimate.low(), 0.1);
        assertEquals(10 + 2.0930 * deviation / Math.sqrt(20), estimate.high(), 0.1);
        assertTrue(estimate.doubts().isEmpty());
    }

    @Test
    void seeds_that_differ_widen_the_interval() {
        double[] values = IntStream.range(0, 20).mapToDouble(i -> i).toArray();
        double[] higher = DoubleStream.of(values).map(x -> x + 10).toArray();

        MeanInterval one = MeanInterval.of(new double[][] {values}, "", BOOTSTRAP);
        MeanInterval two = MeanInterval.of(new double[][] {values, higher, values}, "", BOOTSTRAP);

        assertTrue(two.high() - two.low() > 2 * (one.high() - one.low()));
        assertEquals(3, two.seeds());
    }

    @Test
    void the_interval_of_a_share_ends_at_0_and_1() {
        double[][] rare = {{0, 0, 0, 0, 0, 0.4}};
        double[][] usual = {{1, 1, 1, 1, 1, 0.6}};

        assertTrue(MeanInterval.of(rare, "", BOOTSTRAP).low() < 0);
        assertEquals(0, MeanInterval.of(rare, "fraction", BOOTSTRAP).low());
        assertEquals(1, MeanInterval.of(usual, "fraction", BOOTSTRAP).high());
    }

    @Test
    void one_identity_alone_or_equal_ones_have_no_interval() {
        assertFalse(MeanInterval.of(new double[][] {{3}}, "", BOOTSTRAP).hasInterval());
        assertFalse(MeanInterval.of(new double[][] {{3, 3, 3}}, "", BOOTSTRAP).hasInterval());
    }
}
