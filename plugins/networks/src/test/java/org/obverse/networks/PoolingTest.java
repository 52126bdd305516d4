package org.obverse.networks;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import org.junit.jupiter.api.Test;

class PoolingTest {
    private static final double EXACT = 1e-12;

    @Test
    void a_mean_inside_the_map_leaves_padding_out() {
        try (Bench bench = new Bench(1)) {
            NDArray x = bench.values(new float[] {1, 2, 3, 4, 5, 6, 7, 8, 9}, new Shape(1, 1, 3, 3));
            assertArrayEquals(
                    new double[] {3, 3.5, 4, 4.5, 5, 5.5, 6, 6.5, 7},
                    Pooling.averageInside(Window.centered(3))
                            .apply(x, bench.evaluation())
                            .toDoubleArray(),
                    EXACT);
        }
    }

    /** From 5 pixels to 3: the windows are 0..1, 1..3 and 3..4. */
    @Test
    void adaptive_pooling_shares_out_rows_and_columns_in_windows_that_may_overlap() {
        try (Bench bench = new Bench(2)) {
            NDArray x = bench.gaussians("x", 2, 3, 5, 3);
            NDArray y = Pooling.adaptive(3).apply(x, bench.evaluation());
            assertEquals(new Shape(2, 3, 3, 3), y.getShape());
            NDArray column = x.get("1, 2, :, 0");
            double[] expected = {
                mean(column, 0, 2), mean(column, 1, 4), mean(column, 3, 5),
            };
            assertArrayEquals(expected, y.get("1, 2, :, 0").toDoubleArray(), EXACT);
        }
    }

    /** From 2 pixels to 7: the fourth window holds both. */
    @Test
    void adaptive_pooling_repeats_the_pixels_of_a_small_map() {
        try (Bench bench = new Bench(3)) {
            NDArray x = bench.values(new float[] {0, 1, 2, 3}, new Shape(1, 1, 2, 2));
            NDArray y = Pooling.adaptive(7).apply(x, bench.evaluation());
            assertArrayEquals(
                    new double[] {0, 0, 0, 0.5, 1, 1, 1}, y.get("0, 0, 0, :").toDoubleArray(), EXACT);
            assertArrayEquals(
                    new double[] {1, 1, 1, 1.5, 2, 2, 2}, y.get("0, 0, 3, :").toDoubleArray(), EXACT);
        }
    }

    @Test
    void adaptive_pooling_takes_a_map_of_its_own_extent_as_it_is_and_keeps_the_type() {
        try (Bench bench = new Bench(4)) {
            NDArray x = bench.gaussians("x", 1, 1, 4, 4);
            assertSame(x, Pooling.adaptive(4).apply(x, bench.evaluation()));
            NDArray narrow = x.toType(DataType.FLOAT32, true);
            assertEquals(
                    DataType.FLOAT32,
                    Pooling.adaptive(2).apply(narrow, bench.evaluation()).getDataType());
        }
    }

    @Test
    void without_pooling_all_values_of_a_sample_lie_in_a_row() {
        try (Bench bench = new Bench(5)) {
            NDArray x = bench.gaussians("x", 2, 3, 2, 2);
            NDArray y = Pooling.none().apply(x, bench.evaluation());
            assertEquals(new Shape(2, 12), y.getShape());
            assertEquals(x.getDouble(1, 2, 0, 1), y.getDouble(1, 9));
        }
    }

    private static double mean(NDArray values, int from, int to) {
        return values.get(from + ":" + to).mean().getDouble();
    }
}
