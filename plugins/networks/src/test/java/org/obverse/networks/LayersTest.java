package org.obverse.networks;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Layers against their definitions, written out as loops. */
class LayersTest {
    private static final double EXACT = 1e-12;

    @Test
    void a_convolution_is_the_sum_over_its_window_with_zeros_around_the_image() {
        try (Bench bench = new Bench(1)) {
            Layer layer = Convolution.biased(
                    bench.root().in("c"), 2, 3, Window.centered(3).every(2));
            NDArray x = bench.gaussians("x", 2, 2, 5, 4);
            NDArray y = layer.apply(x, bench.evaluation());
            assertEquals(new Shape(2, 3, 3, 2), y.getShape());
            NDArray weight = bench.tensor("c.weight");
            NDArray bias = bench.tensor("c.bias");
            for (int n = 0; n < 2; n++) {
                for (int o = 0; o < 3; o++) {
                    for (int i = 0; i < 3; i++) {
                        for (int j = 0; j < 2; j++) {
                            double sum = bias.getDouble(o);
                            for (int k = 0; k < 2 * 3 * 3; k++) {
                                int row = 2 * i + k / 3 % 3 - 1;
                                int column = 2 * j + k % 3 - 1;
                                if (row >= 0 && row < 5 && column >= 0 && column < 4) {
                                    sum += weight.getDouble(o, k / 9, k / 3 % 3, k % 3)
                                            * x.getDouble(n, k / 9, row, column);
                                }
                            }
                            assertEquals(sum, y.getDouble(n, o, i, j), EXACT);
                        }
                    }
                }
            }
        }
    }

    @Test
    void a_linear_layer_multiplies_with_the_transposed_weight_and_adds_the_bias() {
        try (Bench bench = new Bench(2)) {
            Layer layer = Linear.of(bench.root().in("fc"), 3, 2);
            NDArray x = bench.gaussians("x", 4, 3);
            NDArray y = layer.apply(x, bench.evaluation());
            NDArray weight = bench.tensor("fc.weight");
            for (int n = 0; n < 4; n++) {
                for (int o = 0; o < 2; o++) {
                    double sum = bench.tensor("fc.bias").getDouble(o);
                    for (int i = 0; i < 3; i++) {
                        sum += weight.getDouble(o, i) * x.getDouble(n, i);
                    }
                    assertEquals(sum, y.getDouble(n, o), EXACT);
                }
            }
        }
    }

    @Test
    void a_channel_affine_scales_and_shifts_each_channel() {
        try (Bench bench = new Bench(3)) {
            Layer layer = ChannelAffine.of(bench.root().in("a"), 3);
            NDArray gamma = bench.scatter("a.weight");
            NDArray beta = bench.scatter("a.bias");
            NDArray x = bench.gaussians("x", 2, 3, 2, 2);
            NDArray y = layer.apply(x, bench.evaluation());
            for (int c = 0; c < 3; c++) {
                assertEquals(
                        gamma.getDouble(c) * x.getDouble(1, c, 0, 1) + beta.getDouble(c),
                        y.getDouble(1, c, 0, 1),
                        EXACT);
            }
        }
    }

    @Test
    void padding_is_never_the_largest_value_but_counts_as_zero_in_a_mean() {
        try (Bench bench = new Bench(4)) {
            NDArray x = bench.values(new float[] {-1, -2, -3, -4, -5, -6, -7, -8, -9}, new Shape(1, 1, 3, 3));
            Window window = Window.centered(3).every(2);
            assertArrayEquals(
                    new double[] {-1, -2, -4, -5},
                    Pooling.max(window).apply(x, bench.evaluation()).toDoubleArray());
            assertArrayEquals(
                    new double[] {-12 / 9.0, -16 / 9.0, -24 / 9.0, -28 / 9.0},
                    Pooling.average(window).apply(x, bench.evaluation()).toDoubleArray(),
                    EXACT);
        }
    }

    @Test
    void global_pooling_leaves_one_mean_per_channel() {
        try (Bench bench = new Bench(5)) {
            NDArray x = bench.values(new float[] {1, 2, 3, 6, 0, 0, 0, -4}, new Shape(1, 2, 2, 2));
            NDArray y = Pooling.global().apply(x, bench.evaluation());
            assertEquals(new Shape(1, 2), y.getShape());
            assertArrayEquals(new double[] {3, -1}, y.toDoubleArray(), EXACT);
        }
    }

    @Test
    void layers_take_their_tensors_under_the_names_of_torch_in_the_order_of_construction() {
        try (Bench bench = new Bench(6)) {
            Namespace root = bench.root();
            Convolution.plain(root.in("layer1.0").in("conv1"), 3, 4, Window.centered(3), Kaiming.normalFanOut());
            BatchNormalization.of(root.in("layer1.0").in("bn1"), 4);
            Linear.of(root.in("fc"), 4, 2);
            assertEquals(
                    List.of(
                            "layer1.0.conv1.weight",
                            "layer1.0.bn1.weight",
                            "layer1.0.bn1.bias",
                            "layer1.0.bn1.running_mean",
                            "layer1.0.bn1.running_var",
                            "fc.weight",
                            "fc.bias"),
                    List.copyOf(bench.parameters.all().keySet()));
        }
    }

    @Test
    void a_window_that_cannot_be_placed_is_refused() {
        assertThrows(IllegalArgumentException.class, () -> new Window(3, 0, 1));
        assertThrows(IllegalArgumentException.class, () -> Window.centered(4));
    }
}
