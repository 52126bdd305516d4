package org.obverse.networks;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.Set;
import org.junit.jupiter.api.Test;

class BatchNormalizationTest {
    private static final double EXACT = 1e-12;

    /** Channel 0 holds 1, 2, 3, 6 (mean 3, squares sum to 14); channel 1 holds 0, 0, 0, 8 (mean 2, 48). */
    private static final float[] TWO_SAMPLES = {1, 2, 0, 0, 3, 6, 0, 8};

    @Test
    void in_training_it_normalises_with_the_batch() {
        try (Bench bench = new Bench(1)) {
            Layer layer = BatchNormalization.of(bench.root().in("bn"), 2);
            NDArray gamma = bench.scatter("bn.weight");
            NDArray beta = bench.scatter("bn.bias");
            NDArray y = layer.apply(batch(bench), bench.training("step"));
            assertEquals(
                    gamma.getDouble(0) * (6 - 3) / Math.sqrt(14 / 4.0 + 1e-5) + beta.getDouble(0),
                    y.getDouble(1, 0, 0, 1),
                    EXACT);
            assertEquals(
                    gamma.getDouble(1) * (0 - 2) / Math.sqrt(48 / 4.0 + 1e-5) + beta.getDouble(1),
                    y.getDouble(0, 1, 0, 0),
                    EXACT);
        }
    }

    @Test
    void each_training_batch_moves_the_running_statistics_by_a_tenth_with_the_unbiased_variance() {
        try (Bench bench = new Bench(2)) {
            Layer layer = BatchNormalization.of(bench.root().in("bn"), 2);
            layer.apply(batch(bench), bench.training("first"));
            assertArrayEquals(new double[] {0.3, 0.2}, running(bench, "mean"), EXACT);
            assertArrayEquals(new double[] {0.9 + 0.1 * 14 / 3, 0.9 + 0.1 * 48 / 3}, running(bench, "var"), EXACT);
            layer.apply(batch(bench), bench.training("second"));
            assertArrayEquals(new double[] {0.57, 0.38}, running(bench, "mean"), EXACT);
        }
    }

    @Test
    void in_evaluation_it_normalises_with_the_running_statistics_and_leaves_them() {
        try (Bench bench = new Bench(3)) {
            Layer layer = BatchNormalization.of(bench.root().in("bn"), 2);
            layer.apply(batch(bench), bench.training("step"));
            double[] mean = running(bench, "mean");
            double[] variance = running(bench, "var");
            NDArray y = layer.apply(batch(bench), bench.evaluation());
            assertEquals((6 - mean[0]) / Math.sqrt(variance[0] + 1e-5), y.getDouble(1, 0, 0, 1), EXACT);
            assertArrayEquals(mean, running(bench, "mean"));
            assertArrayEquals(variance, running(bench, "var"));
        }
    }

    @Test
    void a_frozen_layer_neither_uses_nor_learns_the_statistics_of_a_training_batch() {
        try (Bench bench = new Bench(4)) {
            Layer layer = BatchNormalization.of(bench.root().in("bn"), 2);
            bench.parameters.freeze("bn.weight"::equals);
            NDArray y = layer.apply(batch(bench), bench.training("step"));
            assertEquals(6 / Math.sqrt(1 + 1e-5), y.getDouble(1, 0, 0, 1), EXACT);
            assertArrayEquals(new double[] {0, 0}, running(bench, "mean"));
            assertArrayEquals(new double[] {1, 1}, running(bench, "var"));
        }
    }

    @Test
    void what_is_added_to_the_variance_can_be_given() {
        try (Bench bench = new Bench(5)) {
            Layer layer = BatchNormalization.of(bench.root().in("bn"), 2, 0.25);
            NDArray y = layer.apply(batch(bench), bench.evaluation());
            assertEquals(6 / Math.sqrt(1.25), y.getDouble(1, 0, 0, 1), EXACT);
        }
    }

    @Test
    void a_fixed_shift_is_added_and_not_trained() {
        try (Bench bench = new Bench(6)) {
            Layer layer = BatchNormalization.withFixedShift(bench.root().in("bn"), 2);
            bench.tensor("bn.bias").set(new double[] {3, 4});
            NDArray y = layer.apply(batch(bench), bench.evaluation());
            assertEquals(3 + 6 / Math.sqrt(1 + 1e-5), y.getDouble(1, 0, 0, 1), EXACT);
            assertEquals(Set.of("bn.weight"), bench.parameters.trainable().keySet());
        }
    }

    private static NDArray batch(Bench bench) {
        return bench.values(TWO_SAMPLES, new Shape(2, 2, 1, 2));
    }

    private static double[] running(Bench bench, String statistic) {
        return bench.tensor("bn.running_" + statistic).toDoubleArray();
    }
}
