package org.obverse.networks;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.obverse.api.network.Initial;

/** Layers against their definitions, written out as loops. */
class LayersTest {
    private static final double EXACT = 1e-12;

    static List<Window> windows() {
        return List.of(Window.centered(3).every(2), new Window(2, 1, 0), new Window(3, 1, 2));
    }

    @ParameterizedTest
    @MethodSource("windows")
    void a_convolution_is_the_sum_over_its_window_with_zeros_around_the_image(Window window) {
        try (Bench bench = new Bench(1)) {
            Layer layer = Convolution.biased(bench.root().in("c"), 2, 3, window);
            NDArray x = bench.gaussians("x", 2, 2, 5, 4);
            NDArray y = layer.apply(x, bench.evaluation());
            assertEquals(new Shape(2, 3, window.over(5), window.over(4)), y.getShape());
            for (int o = 0; o < 3; o++) {
                for (int i = 0; i < window.over(5); i++) {
                    for (int j = 0; j < window.over(4); j++) {
                        assertEquals(
                                bench.tensor("c.bias").getDouble(o)
                                        + correlation(
                                                x.get(1),
                                                bench.tensor("c.weight").get(o),
                                                window,
                                                i,
                                                j),
                                y.getDouble(1, o, i, j),
                                EXACT);
                    }
                }
            }
        }
    }

    /** The sum over channels and window at one position of one image {@code [C, H, W]}. */
    private static double correlation(NDArray image, NDArray kernel, Window window, int i, int j) {
        double sum = 0;
        for (int c = 0; c < image.getShape().get(0); c++) {
            for (int k = 0; k < window.size() * window.size(); k++) {
                int row = window.stride() * i + k / window.size() - window.padding();
                int column = window.stride() * j + k % window.size() - window.padding();
                boolean inside = row >= 0
                        && row < image.getShape().get(1)
                        && column >= 0
                        && column < image.getShape().get(2);
                sum += inside
                        ? kernel.getDouble(c, k / window.size(), k % window.size()) * image.getDouble(c, row, column)
                        : 0;
            }
        }
        return sum;
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
    void a_plain_linear_layer_has_no_bias() {
        try (Bench bench = new Bench(2)) {
            Layer layer = Linear.plain(bench.root().in("fc"), 3, 2);
            assertEquals(Set.of("fc.weight"), bench.parameters.all().keySet());
            NDArray x = bench.gaussians("x", 4, 3);
            double expected =
                    bench.tensor("fc.weight").get(1).mul(x.get(2)).sum().getDouble();
            assertEquals(expected, layer.apply(x, bench.evaluation()).getDouble(2, 1), EXACT);
        }
    }

    @Test
    void the_outputs_of_branches_lie_one_after_the_other() {
        try (Bench bench = new Bench(2)) {
            NDArray x = bench.gaussians("x", 2, 3, 2, 2);
            NDArray y = Branches.of((in, pass) -> in.mul(2), (in, pass) -> in).apply(x, bench.evaluation());
            assertEquals(new Shape(2, 6, 2, 2), y.getShape());
            assertEquals(2 * x.getDouble(1, 0, 1, 1), y.getDouble(1, 0, 1, 1));
            assertEquals(x.getDouble(1, 0, 1, 1), y.getDouble(1, 3, 1, 1));
        }
    }

    @Test
    void a_namespace_chooses_the_first_values_of_its_tensors_by_name() {
        try (Bench bench = new Bench(2)) {
            Namespace root =
                    bench.root().startingFrom((name, usual) -> name.equals("a.bias") ? Initial.constant(7) : usual);
            ChannelAffine.of(root.in("a"), 2);
            assertArrayEquals(new double[] {1, 1}, bench.tensor("a.weight").toDoubleArray());
            assertArrayEquals(new double[] {7, 7}, bench.tensor("a.bias").toDoubleArray());
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
