package org.obverse.plugins.vmi;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.obverse.api.tensor.Gradients;
import org.obverse.plugins.identity.IdentityLossesPlugin;
import org.obverse.testkit.Workbench;

class FlowTest {
    private static final Workbench BENCH = Workbench.of(FlowTest.class).with(new IdentityLossesPlugin());
    private static final FlowShape SHAPE = new FlowShape(6, 3, 5);

    @AfterAll
    static void close() {
        BENCH.close();
    }

    /** The inverse is written here, number by number. */
    @Test
    void what_is_pushed_comes_back() {
        double[] parameters = parameters(1);
        long[] orders = Flow.permutations(SHAPE, BENCH.stream(9));
        double[] noise = gaussians(2, 6);

        double[] z = push(parameters, orders, noise).z().toDoubleArray();

        assertTrue(largestDifference(noise, z) > 0.1);
        assertArrayEquals(noise, inverse(parameters, orders, z), 1e-10);
    }

    @Test
    void the_log_determinant_is_that_of_the_jacobian_by_differences() {
        double[] parameters = parameters(3);
        long[] orders = Flow.permutations(SHAPE, BENCH.stream(9));
        double[] noise = gaussians(4, 6);
        double[][] jacobian = new double[6][];
        for (int i = 0; i < 6; i++) {
            double[] more = noise.clone();
            double[] less = noise.clone();
            more[i] += 1e-5;
            less[i] -= 1e-5;
            double[] up = push(parameters, orders, more).z().toDoubleArray();
            double[] down = push(parameters, orders, less).z().toDoubleArray();
            jacobian[i] = new double[6];
            for (int j = 0; j < 6; j++) {
                jacobian[i][j] = (up[j] - down[j]) / 2e-5;
            }
        }

        double told = push(parameters, orders, noise).logDeterminant().getDouble();

        assertEquals(Math.log(Math.abs(determinant(jacobian))), told, 1e-6);
    }

    @Test
    void a_flow_begins_as_a_permutation_so_that_q_is_the_prior() {
        NDArray noise = BENCH.manager().create(BENCH.stream(5).gaussians(18), new Shape(1, 3, 6));

        Flow.Pushed pushed = Flow.push(
                SHAPE,
                BENCH.manager().create(Flow.initial(SHAPE, BENCH.stream(6))).reshape(1, SHAPE.parameters()),
                orders(Flow.permutations(SHAPE, BENCH.stream(6))),
                noise);

        assertEquals(0, pushed.logDeterminant().getFloat());
        for (int draw = 0; draw < 3; draw++) {
            float[] before = noise.get("0," + draw).toFloatArray();
            float[] after = pushed.z().get("0," + draw).toFloatArray();
            assertTrue(!Arrays.equals(before, after));
            Arrays.sort(before);
            Arrays.sort(after);
            assertArrayEquals(before, after);
        }
    }

    /** The last layer of each network is 0: it learns, and what is before it does not yet. */
    @Test
    void at_the_beginning_only_the_last_layers_of_networks_have_gradients() {
        NDArray parameters = BENCH.gradients()
                .variable(BENCH.manager()
                        .create(Flow.initial(SHAPE, BENCH.stream(6)))
                        .reshape(1, SHAPE.parameters()));
        NDArray noise = BENCH.manager().create(BENCH.stream(5).gaussians(120), new Shape(1, 20, 6));
        NDArray total;
        try (Gradients.Recording recording = BENCH.gradients().recording()) {
            Flow.Pushed pushed = Flow.push(SHAPE, parameters, orders(Flow.permutations(SHAPE, BENCH.stream(6))), noise);
            total = pushed.z().square().mul(0.5).sum().add(pushed.z().sum());
        }
        float[] gradient =
                BENCH.gradients().of(total, new NDList(parameters)).head().toFloatArray();

        int hiddenLayers = (3 + 1) * 5 + (5 + 1) * 5;
        int step = SHAPE.affine() + SHAPE.network();
        for (int i = 0; i < gradient.length; i++) {
            assertTrue(Float.isFinite(gradient[i]));
            int within = i % step - SHAPE.affine();
            if (i < SHAPE.depth() * step && within >= 0 && within < hiddenLayers) {
                assertEquals(0, gradient[i], "parameter " + i);
            }
        }
        for (int i = 0; i < SHAPE.depth(); i++) {
            int last = i * step + SHAPE.affine() + hiddenLayers;
            assertTrue(largest(Arrays.copyOfRange(gradient, last, last + 18)) > 0, "step " + i);
        }
    }

    @Test
    void every_parameter_of_a_flow_that_has_learnt_has_its_gradient() {
        double[] values = parameters(7);
        long[] orders = Flow.permutations(SHAPE, BENCH.stream(9));
        double[] noise = gaussians(8, 6);
        NDArray parameters = BENCH.gradients().variable(BENCH.manager().create(values, new Shape(1, values.length)));
        NDArray total;
        try (Gradients.Recording recording = BENCH.gradients().recording()) {
            total = energy(
                    Flow.push(SHAPE, parameters, orders(orders), BENCH.manager().create(noise, new Shape(1, 1, 6))));
        }
        double[] gradient =
                BENCH.gradients().of(total, new NDList(parameters)).head().toDoubleArray();

        for (int i = 0; i < values.length; i++) {
            double[] more = values.clone();
            double[] less = values.clone();
            more[i] += 1e-6;
            less[i] -= 1e-6;
            double slope = (energy(push(more, orders, noise)).getDouble()
                            - energy(push(less, orders, noise)).getDouble())
                    / 2e-6;
            assertEquals(slope, gradient[i], 1e-6, "parameter " + i);
        }
    }

    @Test
    void without_steps_a_flow_is_a_gaussian() {
        FlowShape gaussian = new FlowShape(2, 0, 5);
        NDArray parameters = BENCH.manager()
                .create(new float[] {(float) Math.log(.8), (float) Math.log(2), .3f, -1}, new Shape(1, 4));
        NDArray noise = BENCH.manager().create(new float[] {1, 1, -1, .5f}, new Shape(1, 2, 2));

        Flow.Pushed pushed = Flow.push(gaussian, parameters, new NDList(), noise);

        assertEquals(4, gaussian.parameters());
        assertArrayEquals(new float[] {1.1f, 1, -.5f, 0}, pushed.z().toFloatArray(), 1e-6f);
        assertEquals(Math.log(1.6), pushed.logDeterminant().getFloat(), 1e-6);
    }

    @Test
    void flows_side_by_side_do_not_see_each_other() {
        FlowShape shape = SHAPE;
        double[] first = parameters(1);
        double[] second = parameters(2);
        long[] orders = Flow.permutations(shape, BENCH.stream(9));
        long[] others = Flow.permutations(shape, BENCH.stream(10));
        double[] noise = gaussians(2, 12);

        double[] together = Flow.push(
                        shape,
                        BENCH.manager().create(joined(first, second), new Shape(2, shape.parameters())),
                        both(orders, others),
                        BENCH.manager().create(noise, new Shape(2, 1, 6)))
                .z()
                .toDoubleArray();

        assertArrayEquals(
                push(second, others, Arrays.copyOfRange(noise, 6, 12)).z().toDoubleArray(),
                Arrays.copyOfRange(together, 6, 12),
                1e-12);
    }

    private static NDList both(long[] orders, long[] others) {
        return new NDList(orders(orders).head().concat(orders(others).head(), 0));
    }

    private static NDArray energy(Flow.Pushed pushed) {
        return pushed.z()
                .square()
                .sum()
                .add(pushed.z().sin().sum())
                .add(pushed.logDeterminant().sum());
    }

    private static Flow.Pushed push(double[] parameters, long[] orders, double... noise) {
        return Flow.push(
                SHAPE,
                BENCH.manager().create(parameters, new Shape(1, parameters.length)),
                orders(orders),
                BENCH.manager().create(noise, new Shape(1, noise.length / 6, 6)));
    }

    private static NDList orders(long... orders) {
        return new NDList(BENCH.manager().create(orders, new Shape(1, SHAPE.depth(), SHAPE.size())));
    }

    private static double[] parameters(long seed) {
        double[] parameters = gaussians(seed, SHAPE.parameters());
        for (int i = 0; i < parameters.length; i++) {
            parameters[i] *= 0.4;
        }
        return parameters;
    }

    private static double[] gaussians(long seed, int count) {
        return BENCH.manager()
                .create(BENCH.stream(seed).gaussians(count))
                .toType(DataType.FLOAT64, true)
                .toDoubleArray();
    }

    private static double[] inverse(double[] parameters, long[] orders, double... z) {
        int step = SHAPE.affine() + SHAPE.network();
        double[] x = unscaled(z, parameters, SHAPE.depth() * step);
        for (int i = SHAPE.depth() - 1; i >= 0; i--) {
            double[] hidden = layer(Arrays.copyOf(x, 3), parameters, i * step + 12, 5, true);
            double[] outer = layer(hidden, parameters, i * step + 12 + 20, 5, true);
            double[] added = layer(outer, parameters, i * step + 12 + 50, 3, false);
            double[] before = x.clone();
            for (int j = 0; j < 3; j++) {
                before[3 + j] -= added[j];
            }
            double[] unordered = new double[6];
            for (int j = 0; j < 6; j++) {
                unordered[Math.toIntExact(orders[i * 6 + j])] = before[j];
            }
            x = unscaled(unordered, parameters, i * step);
        }
        return x;
    }

    private static double[] unscaled(double[] x, double[] parameters, int at) {
        double[] before = new double[6];
        for (int i = 0; i < 6; i++) {
            before[i] = (x[i] - parameters[at + 6 + i]) / Math.exp(parameters[at + i]);
        }
        return before;
    }

    private static double[] layer(double[] x, double[] parameters, int at, int outputs, boolean rectified) {
        double[] y = new double[outputs];
        for (int j = 0; j < outputs; j++) {
            y[j] = parameters[at + x.length * outputs + j];
            for (int i = 0; i < x.length; i++) {
                y[j] += x[i] * parameters[at + i * outputs + j];
            }
            y[j] = rectified ? Math.max(0, y[j]) : y[j];
        }
        return y;
    }

    private static double determinant(double[]... matrix) {
        double determinant = 1;
        for (int column = 0; column < matrix.length; column++) {
            int pivot = column;
            for (int row = column; row < matrix.length; row++) {
                pivot = Math.abs(matrix[row][column]) > Math.abs(matrix[pivot][column]) ? row : pivot;
            }
            double[] swapped = matrix[pivot];
            matrix[pivot] = matrix[column];
            matrix[column] = swapped;
            determinant *= matrix[column][column];
            for (int row = column + 1; row < matrix.length; row++) {
                double factor = matrix[row][column] / matrix[column][column];
                for (int i = column; i < matrix.length; i++) {
                    matrix[row][i] -= factor * matrix[column][i];
                }
            }
        }
        return determinant;
    }

    private static double[] joined(double[] first, double[] second) {
        double[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }

    private static double largestDifference(double[] a, double[] b) {
        double largest = 0;
        for (int i = 0; i < a.length; i++) {
            largest = Math.max(largest, Math.abs(a[i] - b[i]));
        }
        return largest;
    }

    private static double largest(float... values) {
        double largest = 0;
        for (float value : values) {
            largest = Math.max(largest, Math.abs(value));
        }
        return largest;
    }
}
