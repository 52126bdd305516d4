package org.obverse.networks;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import org.junit.jupiter.api.Test;

class RectifierTest {
    @Test
    void negative_values_are_scaled_with_the_slope_of_their_channel_at_first_a_quarter() {
        try (Bench bench = new Bench(1)) {
            Layer layer = Rectifier.parametric(bench.root().in("p"), 2);
            NDArray x = bench.values(new float[] {-4, 0, 4, -8}, new Shape(1, 2, 1, 2));
            assertArrayEquals(
                    new double[] {-1, 0, 4, -2},
                    layer.apply(x, bench.evaluation()).toDoubleArray());
            bench.tensor("p.weight").set(new double[] {0.5, -1});
            assertArrayEquals(
                    new double[] {-2, 0, 4, 8},
                    layer.apply(x, bench.evaluation()).toDoubleArray());
        }
    }

    @Test
    void a_plain_one_leaves_nothing_of_negative_values() {
        try (Bench bench = new Bench(2)) {
            NDArray x = bench.values(new float[] {-4, 3}, new Shape(1, 2));
            assertArrayEquals(
                    new double[] {0, 3},
                    Rectifier.relu().apply(x, bench.evaluation()).toDoubleArray());
        }
    }
}
