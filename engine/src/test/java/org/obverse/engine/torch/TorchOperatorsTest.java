package org.obverse.engine.torch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.obverse.engine.torch.FiniteDifferences.assertGradient;
import static org.obverse.engine.torch.Refusals.assertRefused;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.function.DoubleUnaryOperator;
import java.util.function.Function;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.obverse.api.tensor.Gradients;
import org.obverse.api.tensor.Operators;
import org.obverse.api.tensor.Operators.Mode;
import org.obverse.engine.random.CounterStream;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TorchOperatorsTest {
    private static final double EXACT = 1e-12;
    private static final double DIFFERENCES = 1e-7;

    private TorchRuntime torch;
    private Operators operators;
    private NDManager manager;

    @BeforeAll
    void start() {
        torch = TorchRuntime.start();
        operators = torch.operators();
    }

    @BeforeEach
    void open() {
        manager = torch.manager().newSubManager();
    }

    @AfterEach
    void release() {
        manager.close();
    }

    @AfterAll
    void stop() {
        torch.close();
    }

    @Test
    void acosh_is_the_logarithm_of_x_plus_the_root_of_x_squared_minus_one() {
        double[] points = {1.1, 1.5, 2, 10};
        assertElementwise(points, operators.acosh(manager.create(points)), x -> Math.log(x + Math.sqrt(x * x - 1)));
        assertGradient(torch, points, new Shape(4), operators::acosh, DIFFERENCES);
    }

    @Test
    void softplus_is_the_logarithm_of_one_plus_e_to_the_x() {
        double[] points = {-30, -2, 0, 0.5, 19};
        assertElementwise(points, operators.softplus(manager.create(points)), x -> Math.log1p(Math.exp(x)));
        assertGradient(torch, points, new Shape(5), operators::softplus, DIFFERENCES);
    }

    @Test
    void softplus_is_linear_above_twenty() {
        assertEquals(20.5, operators.softplus(manager.create(20.5)).getDouble());
    }

    @Test
    void leaky_relu_times_its_gain_follows_the_larger_of_two_lines() {
        double[] points = {-3, -0.5, 0.25, 2};
        double gain = Math.sqrt(2);
        assertElementwise(
                points, operators.leakyRelu(manager.create(points), 0.2, gain), x -> gain * Math.max(x, 0.2 * x));
        assertGradient(torch, points, new Shape(4), x -> operators.leakyRelu(x, 0.2, gain), DIFFERENCES);
    }

    @Test
    void multiply_add_broadcasts_a_times_b_plus_c() {
        NDArray a = manager.create(new double[] {1, 2, 3, 4, 5, 6}).reshape(2, 3);
        NDArray b = manager.create(new double[] {10, 100}).reshape(2, 1);
        NDArray c = manager.create(0.5);
        double[] expected = {10.5, 20.5, 30.5, 400.5, 500.5, 600.5};
        assertArrayEquals(expected, operators.multiplyAdd(a, b, c).toDoubleArray(), EXACT);
        double[] point = {1, -2, 3, -4, 5, 6};
        assertGradient(torch, point, new Shape(2, 3), x -> operators.multiplyAdd(x, x, x.neg()), DIFFERENCES);
        double[] column = {10, 100};
        assertGradient(torch, column, new Shape(2, 1), x -> operators.multiplyAdd(a, x, c), DIFFERENCES);
    }

    @Test
    void a_cast_keeps_values_and_gradient() {
        Gradients gradients = torch.gradients();
        try (Gradients.Recording recording = gradients.recording()) {
            NDArray x = gradients.variable(manager.create(new double[] {0.5, 2, -4}));
            NDArray cast = operators.cast(x, DataType.FLOAT32);
            assertSame(DataType.FLOAT32, cast.getDataType());
            assertArrayEquals(new float[] {0.5f, 2, -4}, cast.toFloatArray());
            NDArray gradient = gradients.of(cast.square().sum(), new NDList(x)).head();
            assertSame(DataType.FLOAT64, gradient.getDataType());
            assertArrayEquals(new double[] {1, 4, -8}, gradient.toDoubleArray());
        }
    }

    @Test
    void a_cast_to_every_type_that_djl_reads_back_arrives_there() {
        NDArray x = manager.create(new double[] {0, 1, 3});
        for (DataType type : new DataType[] {
            DataType.UINT8,
            DataType.INT8,
            DataType.INT32,
            DataType.INT64,
            DataType.FLOAT16,
            DataType.FLOAT32,
            DataType.FLOAT64,
            DataType.BOOLEAN
        }) {
            NDArray there = operators.cast(x, type);
            assertSame(type, there.getDataType());
            double last = type == DataType.BOOLEAN ? 1 : 3;
            assertEquals(last, operators.cast(there, DataType.FLOAT64).getDouble(2), () -> type.toString());
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 1, 3", "3, 8, 3", "4, 4, 3", "8, 8, 1", "16, 16, 3", "16, 3, 1", "32, 16, 3"})
    void a_convolution_in_bfloat16_of_small_whole_numbers_is_exact(int inputs, int outputs, int side) {
        NDArray x = wholeNumbers(7, 1, inputs, 6, 6);
        NDArray weight = wholeNumbers(3, outputs, inputs, side, side);

        NDArray exact = operators.conv2d(x, weight, 1, 0, 1);
        NDArray half = operators.conv2d(
                operators.cast(x, DataType.BFLOAT16), operators.cast(weight, DataType.BFLOAT16), 1, 0, 1);

        NDArray error = operators.cast(half, DataType.FLOAT32).sub(exact).abs();
        // One rounding to 8 bits of the sum.
        assertTrue(
                error.sub(exact.abs().div(256)).max().getFloat() <= 0,
                () -> error.max().toDebugString(true));
    }

    /** Float64 has kernels of its own; these processors' float32 ones once gave NaN for 24 channels. */
    @ParameterizedTest
    @CsvSource({
        "3, 24, 3, 1",
        "24, 48, 3, 2",
        "24, 24, 3, 1",
        "36, 36, 3, 1",
        "20, 16, 5, 1",
        "16, 40, 3, 1",
        "48, 12, 1, 1"
    })
    void convolutions_and_their_gradients_in_float32_are_those_in_float64(
            int inputs, int outputs, int side, int stride) {
        NDArray x = wholeNumbers(7, 4, inputs, 9, 9);
        NDArray weight = wholeNumbers(3, outputs, inputs, side, side);
        NDArray transposedWeight = wholeNumbers(3, inputs, outputs, side, side);

        TorchDoor door = new TorchDoor(manager);
        for (boolean multiplies : new boolean[] {false, true}) {
            Operators each = new TorchOperators(door, new Convolutions(door, multiplies));
            assertTheSame(List.of(x, weight), in -> each.conv2d(in.get(0), in.get(1), stride, side / 2, 1));
            assertTheSame(
                    List.of(x, transposedWeight),
                    in -> each.convTranspose2d(in.get(0), in.get(1), stride, side / 2, stride - 1, 1));
        }
    }

    @Test
    void images_that_are_too_many_for_the_caches_are_convolved_in_parts() {
        NDArray x = wholeNumbers(7, 50, 48, 9, 9);
        NDArray weight = wholeNumbers(3, 8, 48, 5, 5);
        Operators multiplying =
                new TorchOperators(new TorchDoor(manager), new Convolutions(new TorchDoor(manager), true));

        assertTheSame(List.of(x, weight), in -> multiplying.conv2d(in.get(0), in.get(1), 1, 2, 1));
    }

    @ParameterizedTest
    @CsvSource({"3, 1, 1, 3", "5, 2, 2, 4", "1, 2, 0, 4", "3, 1, 0, 3"})
    void images_of_few_pixels_are_convolved_all_at_once(int side, int stride, int padding, int extent) {
        NDArray x = wholeNumbers(7, 50, 20, extent, extent + 1);
        NDArray weight = wholeNumbers(3, 24, 20, side, side);
        NDArray many = wholeNumbers(7, 1200, 20, extent, extent + 1);
        Operators multiplying =
                new TorchOperators(new TorchDoor(manager), new Convolutions(new TorchDoor(manager), true));

        for (NDArray images : List.of(x, many)) {
            assertTheSame(List.of(images, weight), in -> multiplying.conv2d(in.get(0), in.get(1), stride, padding, 1));
        }
    }

    /** Taps that meet padding only are left out where the weight is frozen. */
    @ParameterizedTest
    @CsvSource({
        "3, 1, 1, 1, 1",
        "3, 2, 1, 2, 2",
        "3, 2, 1, 2, 3",
        "7, 2, 3, 2, 1",
        "5, 1, 2, 1, 2",
        "4, 3, 3, 1, 4",
        "1, 1, 0, 2, 2",
        "2, 2, 2, 1, 2"
    })
    void images_of_few_pixels_meet_frozen_weights_as_they_meet_others(
            int side, int stride, int padding, int height, int width) {
        NDArray x = wholeNumbers(7, 5, 20, height, width);
        NDArray weight = wholeNumbers(3, 24, 20, side, side);
        TorchDoor door = new TorchDoor(manager);
        Operators multiplying = new TorchOperators(door, new Convolutions(door, true));

        assertTheSameOfFrozen(x, weight, (in, frozen) -> multiplying.conv2d(in, frozen, stride, padding, 1));
    }

    @ParameterizedTest
    @CsvSource({
        "3, 2, 0, 0, 4, 5",
        "3, 2, 0, 0, 9, 8",
        "5, 2, 2, 1, 4, 4",
        "4, 3, 1, 2, 5, 4",
        "1, 1, 0, 0, 3, 3",
        "2, 2, 0, 1, 6, 6"
    })
    void images_are_doubled_with_frozen_weights_as_with_others(
            int side, int stride, int padding, int outputPadding, int height, int width) {
        NDArray x = wholeNumbers(7, 150, 20, height, width);
        NDArray weight = wholeNumbers(3, 20, 24, side, side);
        TorchDoor door = new TorchDoor(manager);
        Operators multiplying = new TorchOperators(door, new Convolutions(door, true));

        assertTheSameOfFrozen(
                x, weight, (in, frozen) -> multiplying.convTranspose2d(in, frozen, stride, padding, outputPadding, 1));
    }

    private void assertTheSameOfFrozen(NDArray x, NDArray weight, BinaryOperator<NDArray> operator) {
        List<double[]> single = valueAndGradient(x, weight, DataType.FLOAT32, operator);
        List<double[]> twice = valueAndGradient(x, weight, DataType.FLOAT64, operator);
        for (int i = 0; i < single.size(); i++) {
            double largest = Arrays.stream(twice.get(i)).map(Math::abs).max().orElseThrow();
            assertArrayEquals(twice.get(i), single.get(i), 1e-5 * largest, "array " + i);
        }
    }

    private List<double[]> valueAndGradient(
            NDArray x, NDArray weight, DataType type, BinaryOperator<NDArray> operator) {
        try (Gradients.Recording recording = torch.gradients().recording()) {
            NDArray variable = torch.gradients().variable(operators.cast(x, type));
            NDArray y = operator.apply(variable, operators.cast(weight, type));
            NDArray slope =
                    torch.gradients().of(y.mul(y).mean(), new NDList(variable)).head();
            return List.of(doubles(y), doubles(slope));
        }
    }

    private void assertTheSame(List<NDArray> inputs, Function<List<NDArray>, NDArray> operator) {
        List<double[]> single = valueAndGradients(inputs, DataType.FLOAT32, operator);
        List<double[]> twice = valueAndGradients(inputs, DataType.FLOAT64, operator);
        for (int i = 0; i < single.size(); i++) {
            double largest = Arrays.stream(twice.get(i)).map(Math::abs).max().orElseThrow();
            assertArrayEquals(twice.get(i), single.get(i), 1e-5 * largest, "array " + i);
        }
    }

    private List<double[]> valueAndGradients(
            List<NDArray> inputs, DataType type, Function<List<NDArray>, NDArray> operator) {
        List<double[]> found = new ArrayList<>();
        try (Gradients.Recording recording = torch.gradients().recording()) {
            List<NDArray> typed = inputs.stream()
                    .map(input -> torch.gradients().variable(operators.cast(input, type)))
                    .toList();
            NDArray y = operator.apply(typed);
            found.add(doubles(y));
            NDList first = torch.gradients().differentiable(y.mul(y).mean(), new NDList(typed));
            first.forEach(it -> found.add(doubles(it)));
            NDArray squares =
                    first.get(0).square().mean().add(first.get(1).square().mean());
            torch.gradients().of(squares, new NDList(typed)).forEach(it -> found.add(doubles(it)));
        }
        return found;
    }

    private double[] doubles(NDArray x) {
        return operators.cast(x, DataType.FLOAT64).toDoubleArray();
    }

    /** In a range around 0. */
    private NDArray wholeNumbers(int count, long... shape) {
        Shape whole = new Shape(shape);
        return manager.arange(0f, (float) whole.size())
                .mod(count)
                .sub(count / 2)
                .reshape(whole);
    }

    @Test
    void a_convolution_in_bfloat16_rounds_to_8_bits_and_lets_the_gradient_through() {
        Gradients gradients = torch.gradients();
        NDArray weight = manager.create(new float[] {1, 2, 4}).reshape(1, 1, 1, 3);
        try (Gradients.Recording recording = gradients.recording()) {
            NDArray x = gradients.variable(
                    manager.create(new float[] {1, 1 + 1f / 256, 3}).reshape(1, 1, 1, 3));
            NDArray half = operators.conv2d(
                    operators.cast(x, DataType.BFLOAT16), operators.cast(weight, DataType.BFLOAT16), 1, 0, 1);
            NDArray y = operators.cast(operators.leakyRelu(half, 0.2, 1), DataType.FLOAT32);
            assertEquals(1 + 2 * 1 + 4 * 3, y.getFloat(0));
            NDArray gradient = gradients.of(y.sum(), new NDList(x)).head();
            assertArrayEquals(new float[] {1, 2, 4}, gradient.toFloatArray());
        }
    }

    @Test
    void a_cast_to_its_own_type_is_a_copy() {
        NDArray x = manager.create(new double[] {1, 2});
        operators.cast(x, DataType.FLOAT64).muli(10);
        assertArrayEquals(new double[] {1, 2}, x.toDoubleArray());
    }

    @Test
    void grouped_convolution_equals_its_defining_sum() {
        int groups = 2;
        int stride = 2;
        int padding = 1;
        double[][][][] x = draws4("x", 2, 4, 5, 6);
        double[][][][] w = draws4("w", 6, 2, 3, 3);
        double[][][][] y = new double[2][6][3][3];
        for (int n = 0; n < 2; n++) {
            for (int o = 0; o < 6; o++) {
                for (int i = 0; i < 3; i++) {
                    for (int j = 0; j < 3; j++) {
                        for (int c = 0; c < 2; c++) {
                            for (int k = 0; k < 3; k++) {
                                for (int l = 0; l < 3; l++) {
                                    int row = i * stride + k - padding;
                                    int column = j * stride + l - padding;
                                    if (row >= 0 && row < 5 && column >= 0 && column < 6) {
                                        y[n][o][i][j] += x[n][o / 3 * 2 + c][row][column] * w[o][c][k][l];
                                    }
                                }
                            }
                        }
                    }
                }
            }
        }
        NDArray images = array(x);
        NDArray weight = array(w);
        NDArray result = operators.conv2d(images, weight, stride, padding, groups);
        assertEquals(new Shape(2, 6, 3, 3), result.getShape());
        assertArrayEquals(flat(y), result.toDoubleArray(), EXACT);
        assertGradient(
                torch,
                flat(x),
                images.getShape(),
                v -> operators.conv2d(v, weight, stride, padding, groups),
                DIFFERENCES);
        assertGradient(
                torch,
                flat(w),
                weight.getShape(),
                v -> operators.conv2d(images, v, stride, padding, groups),
                DIFFERENCES);
    }

    @Test
    void grouped_transposed_convolution_equals_its_defining_sum() {
        int groups = 2;
        int stride = 2;
        int padding = 1;
        int outputPadding = 1;
        double[][][][] x = draws4("x", 2, 4, 3, 2);
        double[][][][] w = draws4("w", 4, 3, 3, 3);
        double[][][][] y = new double[2][6][6][4];
        for (int n = 0; n < 2; n++) {
            for (int c = 0; c < 4; c++) {
                for (int i = 0; i < 3; i++) {
                    for (int j = 0; j < 2; j++) {
                        for (int o = 0; o < 3; o++) {
                            for (int k = 0; k < 3; k++) {
                                for (int l = 0; l < 3; l++) {
                                    int row = i * stride + k - padding;
                                    int column = j * stride + l - padding;
                                    if (row >= 0 && row < 6 && column >= 0 && column < 4) {
                                        y[n][c / 2 * 3 + o][row][column] += x[n][c][i][j] * w[c][o][k][l];
                                    }
                                }
                            }
                        }
                    }
                }
            }
        }
        NDArray images = array(x);
        NDArray weight = array(w);
        NDArray result = operators.convTranspose2d(images, weight, stride, padding, outputPadding, groups);
        assertEquals(new Shape(2, 6, 6, 4), result.getShape());
        assertArrayEquals(flat(y), result.toDoubleArray(), EXACT);
        assertGradient(
                torch,
                flat(x),
                images.getShape(),
                v -> operators.convTranspose2d(v, weight, stride, padding, outputPadding, groups),
                DIFFERENCES);
        assertGradient(
                torch,
                flat(w),
                weight.getShape(),
                v -> operators.convTranspose2d(images, v, stride, padding, outputPadding, groups),
                DIFFERENCES);
    }

    @Test
    void eigenvalues_ascend_and_eigenvectors_are_columns() {
        // Eigenvalues 1 and 3 with (1, -1) and (1, 1); the upper triangle holds something else on purpose.
        NDArray x = manager.create(new double[] {2, 77, 1, 2}).reshape(2, 2);
        NDList decomposition = operators.eigh(x);
        assertArrayEquals(new double[] {1, 3}, decomposition.get(0).toDoubleArray(), EXACT);
        double[] v = decomposition.get(1).toDoubleArray();
        assertEquals(-1, v[0] / v[2], EXACT);
        assertEquals(1, v[1] / v[3], EXACT);
        assertEquals(1, v[0] * v[0] + v[2] * v[2], EXACT);
    }

    @Test
    void a_stack_of_matrices_is_rebuilt_from_its_eigenvectors() {
        double[] b = draws("eigh", 2 * 4 * 4);
        NDArray a = manager.create(b).reshape(2, 4, 4);
        NDArray symmetric = a.add(a.transpose(0, 2, 1));
        NDList decomposition = operators.eigh(symmetric);
        NDArray vectors = decomposition.get(1);
        NDArray rebuilt = vectors.mul(decomposition.get(0).reshape(2, 1, 4)).matMul(vectors.transpose(0, 2, 1));
        assertArrayEquals(symmetric.toDoubleArray(), rebuilt.toDoubleArray(), 1e-11);
    }

    @Test
    void the_gradient_of_the_squared_eigenvalues_is_twice_the_matrix() {
        Gradients gradients = torch.gradients();
        double[] a = {2, 0.5, -1, 0.5, 1, 0.25, -1, 0.25, 4};
        try (Gradients.Recording recording = gradients.recording()) {
            NDArray x = gradients.variable(manager.create(a).reshape(3, 3));
            NDArray traceOfSquare = operators.eigh(x).get(0).square().sum();
            double[] gradient =
                    gradients.of(traceOfSquare, new NDList(x)).head().toDoubleArray();
            assertArrayEquals(DoubleStream.of(a).map(v -> 2 * v).toArray(), gradient, 1e-11);
        }
    }

    @Test
    void batch_norm_in_training_uses_the_batch_and_moves_the_running_statistics() {
        double[][][][] x = draws4("x", 3, 2, 2, 1);
        NDArray mean = manager.create(new double[] {1, -1});
        NDArray variance = manager.create(new double[] {2, 0.5});
        NDArray result = batchNorm(array(x), mean, variance, Mode.TRAINING);
        double[][][][] expected = new double[3][2][2][1];
        double[] means = new double[2];
        double[] variances = new double[2];
        for (int c = 0; c < 2; c++) {
            double[] channel = {x[0][c][0][0], x[0][c][1][0], x[1][c][0][0], x[1][c][1][0], x[2][c][0][0], x[2][c][1][0]
            };
            double mu = DoubleStream.of(channel).sum() / 6;
            double squares =
                    DoubleStream.of(channel).map(v -> (v - mu) * (v - mu)).sum();
            for (int n = 0; n < 3; n++) {
                for (int i = 0; i < 2; i++) {
                    double normal = (x[n][c][i][0] - mu) / Math.sqrt(squares / 6 + 1e-3);
                    expected[n][c][i][0] = GAMMA[c] * normal + BETA[c];
                }
            }
            // torch keeps the unbiased variance.
            means[c] = 0.9 * new double[] {1, -1}[c] + 0.1 * mu;
            variances[c] = 0.9 * new double[] {2, 0.5}[c] + 0.1 * squares / 5;
        }
        assertArrayEquals(flat(expected), result.toDoubleArray(), EXACT);
        assertArrayEquals(means, mean.toDoubleArray(), EXACT);
        assertArrayEquals(variances, variance.toDoubleArray(), EXACT);
        assertGradient(
                torch,
                flat(x),
                new Shape(3, 2, 2, 1),
                v -> batchNorm(v, mean.duplicate(), variance.duplicate(), Mode.TRAINING),
                DIFFERENCES);
    }

    @Test
    void batch_norm_in_evaluation_uses_the_running_statistics_and_leaves_them() {
        double[][][][] x = draws4("x", 3, 2, 2, 1);
        NDArray mean = manager.create(new double[] {1, -1});
        NDArray variance = manager.create(new double[] {2, 0.5});
        NDArray result = batchNorm(array(x), mean, variance, Mode.EVALUATION);
        double expected = GAMMA[1] * (x[2][1][0][0] + 1) / Math.sqrt(0.5 + 1e-3) + BETA[1];
        assertEquals(expected, result.getDouble(2, 1, 0, 0), EXACT);
        assertArrayEquals(new double[] {1, -1}, mean.toDoubleArray());
        assertArrayEquals(new double[] {2, 0.5}, variance.toDoubleArray());
        assertGradient(
                torch, flat(x), new Shape(3, 2, 2, 1), v -> batchNorm(v, mean, variance, Mode.EVALUATION), DIFFERENCES);
    }

    @Test
    void arguments_that_do_not_fit_are_refused_before_the_native_call() {
        NDArray images = manager.zeros(new Shape(1, 4, 5, 5));
        NDArray weight = manager.zeros(new Shape(4, 3, 3, 3));
        NDArray whole = manager.zeros(new Shape(2, 2), DataType.INT32);
        assertRefused("do not fit", () -> operators.conv2d(images, weight, 1, 1, 1));
        assertRefused("stride 0", () -> operators.conv2d(images, images, 0, 1, 1));
        assertRefused("do not fit", () -> operators.convTranspose2d(images, weight, 1, 1, 0, 3));
        assertRefused("output padding", () -> operators.convTranspose2d(images, weight, 2, 1, 2, 1));
        assertRefused("must agree", () -> operators.multiplyAdd(whole, whole, images));
        assertRefused("floating", () -> operators.acosh(whole));
        assertRefused("floating", () -> operators.eigh(whole));
        assertRefused("square", () -> operators.eigh(manager.zeros(new Shape(2, 3))));
        assertRefused("slope", () -> operators.leakyRelu(images, 1, 1));
        assertRefused("no arrays of int16", () -> operators.cast(images, DataType.INT16));
        NDArray four = manager.zeros(new Shape(4));
        NDArray two = manager.zeros(new Shape(2));
        assertRefused(
                "per channel", () -> operators.batchNorm(images, four, two, four, four, 1e-5, 0.1, Mode.TRAINING));
    }

    private static final double[] GAMMA = {1.5, -0.5};
    private static final double[] BETA = {0.25, 3};

    private NDArray batchNorm(NDArray x, NDArray mean, NDArray variance, Mode mode) {
        return operators.batchNorm(x, mean, variance, manager.create(GAMMA), manager.create(BETA), 1e-3, 0.1, mode);
    }

    private static void assertElementwise(double[] points, NDArray values, DoubleUnaryOperator closedForm) {
        assertArrayEquals(DoubleStream.of(points).map(closedForm).toArray(), values.toDoubleArray(), EXACT);
    }

    private static double[] draws(String name, int count) {
        CounterStream stream = CounterStream.of(1, name + "/");
        return DoubleStream.generate(stream::gaussian).limit(count).toArray();
    }

    private static double[][][][] draws4(String name, int a, int b, int c, int d) {
        double[] draws = draws(name, a * b * c * d);
        double[][][][] values = new double[a][b][c][d];
        int next = 0;
        for (double[][][] image : values) {
            for (double[][] channel : image) {
                for (double[] row : channel) {
                    System.arraycopy(draws, next, row, 0, d);
                    next += d;
                }
            }
        }
        return values;
    }

    private NDArray array(double[][][][] values) {
        return manager.create(flat(values))
                .reshape(values.length, values[0].length, values[0][0].length, values[0][0][0].length);
    }

    private static double[] flat(double[][][][] values) {
        DoubleStream flat = DoubleStream.empty();
        for (double[][][] image : values) {
            for (double[][] channel : image) {
                for (double[] row : channel) {
                    flat = DoubleStream.concat(flat, DoubleStream.of(row));
                }
            }
        }
        return flat.toArray();
    }
}
