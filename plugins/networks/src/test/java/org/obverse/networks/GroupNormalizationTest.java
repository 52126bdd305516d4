package org.obverse.networks;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.Set;
import org.junit.jupiter.api.Test;

class GroupNormalizationTest {
    private static final double EXACT = 1e-12;
    private static final Shape SHAPE = new Shape(2, 4, 1, 2);

    /**
     * Two samples of four channels of two pixels. In groups of two channels the first sample holds 1, 2, 3, 6 (mean 3, squares sum to 14)
     * and 0, 0, 0, 8 (mean 2, 48), the second 5, 5, 5, 5 and -1, 1, -1, 1.
     */
    private static final float[] TWO_SAMPLES = {1, 2, 3, 6, 0, 0, 0, 8, 5, 5, 5, 5, -1, 1, -1, 1};

    @Test
    void each_group_of_each_sample_gets_mean_0_and_variance_1_then_each_channel_its_factor_and_offset() {
        try (Bench bench = new Bench(1)) {
            Layer layer = GroupNormalization.of(bench.root().in("gn"), 2, 4);
            NDArray gamma = bench.scatter("gn.weight");
            NDArray beta = bench.scatter("gn.bias");
            NDArray y = layer.apply(samples(bench), bench.training("step"));
            double first = Math.sqrt(14 / 4.0 + 1e-5);
            double second = Math.sqrt(48 / 4.0 + 1e-5);
            assertEquals(gamma.getDouble(0) * (1 - 3) / first + beta.getDouble(0), y.getDouble(0, 0, 0, 0), EXACT);
            assertEquals(gamma.getDouble(1) * (6 - 3) / first + beta.getDouble(1), y.getDouble(0, 1, 0, 1), EXACT);
            assertEquals(gamma.getDouble(2) * (0 - 2) / second + beta.getDouble(2), y.getDouble(0, 2, 0, 1), EXACT);
            assertEquals(gamma.getDouble(3) * (8 - 2) / second + beta.getDouble(3), y.getDouble(0, 3, 0, 1), EXACT);
            assertEquals(beta.getDouble(1), y.getDouble(1, 1, 0, 0), EXACT, "a group of equal values");
            assertEquals(-gamma.getDouble(3) / Math.sqrt(1 + 1e-5) + beta.getDouble(3), y.getDouble(1, 3, 0, 0), EXACT);
        }
    }

    @Test
    void one_group_normalises_the_sample_and_as_many_groups_as_channels_each_map() {
        try (Bench bench = new Bench(2)) {
            // All of the first sample: mean 2.5, squares 114 - 8 * 6.25 = 64.
            assertEquals(
                    (8 - 2.5) / Math.sqrt(64 / 8.0 + 1e-5),
                    GroupNormalization.of(bench.root().in("one"), 1, 4)
                            .apply(samples(bench), bench.evaluation())
                            .getDouble(0, 3, 0, 1),
                    EXACT);
            assertEquals(
                    1.5 / Math.sqrt(2.25 + 1e-5),
                    GroupNormalization.of(bench.root().in("four"), 4, 4)
                            .apply(samples(bench), bench.evaluation())
                            .getDouble(0, 1, 0, 1),
                    EXACT);
        }
    }

    @Test
    void evaluation_computes_what_training_does_and_there_is_nothing_that_is_not_trained() {
        try (Bench bench = new Bench(3)) {
            Layer layer = GroupNormalization.of(bench.root().in("gn"), 2, 4);
            bench.scatter("gn.weight");
            assertArrayEquals(
                    layer.apply(samples(bench), bench.training("step")).toDoubleArray(),
                    layer.apply(samples(bench), bench.evaluation()).toDoubleArray());
            assertEquals(
                    Set.of("gn.weight", "gn.bias"), bench.parameters.trainable().keySet());
            assertEquals(
                    bench.parameters.trainable().keySet(),
                    bench.parameters.all().keySet());
        }
    }

    @Test
    void a_sample_comes_out_the_same_whatever_else_is_in_the_batch() {
        try (Bench bench = new Bench(4)) {
            Layer layer = GroupNormalization.of(bench.root().in("gn"), 2, 4);
            NDArray both = layer.apply(samples(bench), bench.training("step"));
            NDArray alone = layer.apply(samples(bench).get("1:2"), bench.training("step"));
            assertArrayEquals(both.get("1:2").toDoubleArray(), alone.toDoubleArray(), EXACT);
        }
    }

    @Test
    void channels_that_cannot_be_shared_out_evenly_are_refused() {
        try (Bench bench = new Bench(5)) {
            Namespace at = bench.root().in("gn");
            IllegalArgumentException refusal =
                    assertThrows(IllegalArgumentException.class, () -> GroupNormalization.of(at, 32, 48));
            assertEquals("48 channels do not fall into 32 equal groups", refusal.getMessage());
        }
    }

    private static NDArray samples(Bench bench) {
        return bench.values(TWO_SAMPLES, SHAPE);
    }
}
