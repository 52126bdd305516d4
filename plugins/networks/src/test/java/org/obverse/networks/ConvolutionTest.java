package org.obverse.networks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import org.junit.jupiter.api.Test;

/** Convolutions that are not plain squares over all inputs, against their definitions. */
class ConvolutionTest {
    private static final double EXACT = 1e-12;

    @Test
    void a_group_of_outputs_sees_its_own_group_of_inputs() {
        try (Bench bench = new Bench(1)) {
            Window point = Window.centered(1);
            Layer layer = Convolution.grouped(bench.root().in("c"), 4, 6, point, 2, Kaiming.uniform());
            NDArray x = bench.gaussians("x", 2, 4, 3, 3);
            NDArray y = layer.apply(x, bench.evaluation());
            NDArray weight = bench.tensor("c.weight");
            assertEquals(new Shape(6, 2, 1, 1), weight.getShape());
            for (int o = 0; o < 6; o++) {
                int first = o < 3 ? 0 : 2;
                double sum = weight.getDouble(o, 0, 0, 0) * x.getDouble(1, first, 2, 1)
                        + weight.getDouble(o, 1, 0, 0) * x.getDouble(1, first + 1, 2, 1);
                assertEquals(sum, y.getDouble(1, o, 2, 1), EXACT);
            }
        }
    }

    @Test
    void groups_that_do_not_come_out_even_are_refused() {
        try (Bench bench = new Bench(2)) {
            Namespace at = bench.root();
            Window point = Window.centered(1);
            assertThrows(
                    IllegalArgumentException.class, () -> Convolution.grouped(at, 4, 6, point, 4, Kaiming.uniform()));
        }
    }

    @Test
    void a_window_that_is_wide_and_low_reaches_to_both_sides_alone() {
        try (Bench bench = new Bench(3)) {
            Layer layer = Convolution.centered(bench.root().in("c"), 1, 1, new Shape(1, 5), Kaiming.uniform());
            NDArray x = bench.gaussians("x", 1, 1, 3, 4);
            NDArray y = layer.apply(x, bench.evaluation());
            assertEquals(x.getShape(), y.getShape());
            for (int j = 0; j < 4; j++) {
                double sum = 0;
                for (int k = 0; k < 5; k++) {
                    int column = j + k - 2;
                    boolean inside = column >= 0 && column < 4;
                    sum += inside ? bench.tensor("c.weight").getDouble(0, 0, 0, k) * x.getDouble(0, 0, 1, column) : 0;
                }
                assertEquals(sum, y.getDouble(0, 0, 1, j), EXACT);
            }
        }
    }

    @Test
    void a_window_with_an_even_side_has_no_centre() {
        try (Bench bench = new Bench(4)) {
            Namespace at = bench.root();
            Shape kernel = new Shape(3, 2);
            assertThrows(
                    IllegalArgumentException.class, () -> Convolution.centered(at, 1, 1, kernel, Kaiming.uniform()));
        }
    }
}
