package org.obverse.engine.torch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.obverse.engine.torch.Refusals.assertRefused;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.function.Function;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.obverse.api.tensor.Gradients;
import org.obverse.api.training.ParameterOptimizer;
import org.obverse.engine.random.CounterStream;
import org.obverse.engine.torch.TorchRuntime.Momentum;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FusedOptimizerTest {
    private static final double[] RATES = {0.1, 0.1, 0.05, 0.2, 0, 0.01};
    /** Not a multiple of any vector width. */
    private static final int SIZE = 37;

    private TorchRuntime torch;
    private NDManager manager;

    @BeforeAll
    void start() {
        torch = TorchRuntime.start();
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
    void adam_follows_the_textbook_while_the_rate_changes() {
        double[] expected = draws("w");
        double[] m = new double[SIZE];
        double[] v = new double[SIZE];
        NDArray variable = torch.gradients().variable(manager.create(expected));
        try (ParameterOptimizer adam = torch.adam(new NDList(variable), 0.9, 0.99, 1e-3, 0.02)) {
            for (int t = 1; t <= RATES.length; t++) {
                double[] gradient = draws("g" + t);
                for (int i = 0; i < SIZE; i++) {
                    double g = gradient[i] + 0.02 * expected[i];
                    m[i] = 0.9 * m[i] + 0.1 * g;
                    v[i] = 0.99 * v[i] + 0.01 * g * g;
                    double mHat = m[i] / (1 - Math.pow(0.9, t));
                    double vHat = v[i] / (1 - Math.pow(0.99, t));
                    expected[i] -= RATES[t - 1] * mHat / (Math.sqrt(vHat) + 1e-3);
                }
                adam.step(new NDList(manager.create(gradient)), RATES[t - 1]);
                assertArrayEquals(expected, variable.toDoubleArray(), 1e-13, "step " + t);
            }
        }
    }

    @Test
    void amsgrad_divides_by_the_largest_second_moment_so_far() {
        double[] expected = draws("w");
        double[] m = new double[SIZE];
        double[] v = new double[SIZE];
        double[] largest = new double[SIZE];
        NDArray variable = torch.gradients().variable(manager.create(expected));
        try (ParameterOptimizer amsgrad = torch.amsgrad(new NDList(variable), 0.9, 0.9, 1e-3, 0.02)) {
            for (int t = 1; t <= RATES.length; t++) {
                double[] gradient = draws("g" + t);
                for (int i = 0; i < SIZE; i++) {
                    gradient[i] /= t * t;
                    double g = gradient[i] + 0.02 * expected[i];
                    m[i] = 0.9 * m[i] + 0.1 * g;
                    v[i] = 0.9 * v[i] + 0.1 * g * g;
                    largest[i] = Math.max(largest[i], v[i]);
                    double mHat = m[i] / (1 - Math.pow(0.9, t));
                    double largestHat = largest[i] / (1 - Math.pow(0.9, t));
                    expected[i] -= RATES[t - 1] * mHat / (Math.sqrt(largestHat) + 1e-3);
                }
                amsgrad.step(new NDList(manager.create(gradient)), RATES[t - 1]);
                assertArrayEquals(expected, variable.toDoubleArray(), 1e-13, "step " + t);
            }
        }
    }

    @Test
    void decoupled_decay_shrinks_the_weights_and_leaves_the_moments_alone() {
        double[] expected = draws("w");
        double[] m = new double[SIZE];
        double[] v = new double[SIZE];
        NDArray variable = torch.gradients().variable(manager.create(expected));
        try (ParameterOptimizer adamW = torch.adamW(new NDList(variable), 0.9, 0.99, 1e-3, 0.2)) {
            for (int t = 1; t <= RATES.length; t++) {
                double[] gradient = draws("g" + t);
                for (int i = 0; i < SIZE; i++) {
                    m[i] = 0.9 * m[i] + 0.1 * gradient[i];
                    v[i] = 0.99 * v[i] + 0.01 * gradient[i] * gradient[i];
                    double mHat = m[i] / (1 - Math.pow(0.9, t));
                    double vHat = v[i] / (1 - Math.pow(0.99, t));
                    double step = mHat / (Math.sqrt(vHat) + 1e-3) + 0.2 * expected[i];
                    expected[i] -= RATES[t - 1] * step;
                }
                adamW.step(new NDList(manager.create(gradient)), RATES[t - 1]);
                assertArrayEquals(expected, variable.toDoubleArray(), 1e-13, "step " + t);
            }
        }
    }

    @Test
    void without_a_gradient_decay_is_a_factor_but_of_adam_a_step_of_the_rate_that_hardly_depends_on_it() {
        double rate = 0.1;
        double decay = 0.02;
        double[] weights = {4, -0.5, 1e-3};
        double[] shrunk =
                Arrays.stream(weights).map(w -> w * (1 - rate * decay)).toArray();
        double[] moved =
                Arrays.stream(weights).map(w -> w - rate * Math.signum(w)).toArray();

        assertArrayEquals(shrunk, afterOneStep(w -> torch.sgd(w, 0, Momentum.CLASSICAL, decay), weights, rate), 1e-15);
        assertArrayEquals(shrunk, afterOneStep(w -> torch.adamW(w, 0.9, 0.999, 1e-8, decay), weights, rate), 1e-15);
        assertArrayEquals(moved, afterOneStep(w -> torch.adam(w, 0.9, 0.999, 1e-8, decay), weights, rate), 1e-4);
        assertArrayEquals(moved, afterOneStep(w -> torch.adam(w, 0.9, 0.999, 1e-8, 10 * decay), weights, rate), 1e-4);
    }

    private double[] afterOneStep(Function<NDList, ParameterOptimizer> make, double[] weights, double rate) {
        NDArray variable = torch.gradients().variable(manager.create(weights));
        try (ParameterOptimizer optimizer = make.apply(new NDList(variable))) {
            optimizer.step(new NDList(manager.create(new double[weights.length])), rate);
            return variable.toDoubleArray();
        }
    }

    @Test
    void momentum_keeps_the_rate_outside_the_velocity() {
        assertSgd(Momentum.CLASSICAL, 0.9);
    }

    @Test
    void nesterovs_form_looks_ahead() {
        assertSgd(Momentum.NESTEROV, 0.9);
    }

    @Test
    void without_momentum_a_step_is_the_rate_times_the_gradient() {
        assertSgd(Momentum.CLASSICAL, 0);
    }

    @Test
    void variables_of_any_shape_and_type_move_together() {
        NDArray matrix = torch.gradients().variable(manager.ones(new Shape(3, 5)));
        NDArray number = torch.gradients().variable(manager.create(2.0));
        try (ParameterOptimizer sgd = torch.sgd(new NDList(matrix, number), 0, Momentum.CLASSICAL, 0)) {
            sgd.step(new NDList(manager.full(new Shape(3, 5), 4f), manager.create(8.0)), 0.25);
        }
        assertArrayEquals(new float[15], matrix.toFloatArray());
        assertArrayEquals(new double[] {0}, number.toDoubleArray());
    }

    @Test
    void a_gradient_in_another_memory_layout_is_read_by_position() {
        NDArray variable = torch.gradients().variable(manager.zeros(new Shape(2, 3), DataType.FLOAT64));
        NDArray transposed =
                manager.create(new double[] {1, 2, 3, 4, 5, 6}).reshape(3, 2).transpose();
        for (ParameterOptimizer optimizer : new ParameterOptimizer[] {
            torch.sgd(new NDList(variable), 0, Momentum.CLASSICAL, 0),
            torch.sgd(new NDList(variable), 0.5, Momentum.CLASSICAL, 0)
        }) {
            variable.muli(0);
            optimizer.step(new NDList(transposed), 1);
            assertArrayEquals(new double[] {-1, -3, -5, -2, -4, -6}, variable.toDoubleArray());
            optimizer.close();
        }
    }

    @Test
    void adam_reads_a_gradient_in_another_memory_layout_by_position() {
        NDArray variable = torch.gradients().variable(manager.zeros(new Shape(2, 2), DataType.FLOAT64));
        NDArray transposed =
                manager.create(new double[] {1, 2, 3, 4}).reshape(2, 2).transpose();
        try (ParameterOptimizer adam = torch.adam(new NDList(variable), 0.9, 0.999, 10, 0)) {
            adam.step(new NDList(transposed), 1);
        }
        // The first step is g / (|g| + epsilon).
        double[] expected = {-1 / 11.0, -3 / 13.0, -2 / 12.0, -4 / 14.0};
        assertArrayEquals(expected, variable.toDoubleArray(), 1e-13);
    }

    @Test
    void a_variable_in_another_memory_layout_is_refused() {
        NDArray straight = manager.zeros(new Shape(2, 3));
        NDArray transposed = manager.zeros(new Shape(2, 3)).transpose();
        assertRefused("variable 1", () -> torch.adam(new NDList(straight, transposed), 0.9, 0.999, 1e-8, 0));
    }

    @Test
    void state_made_inside_a_scope_outlives_it() {
        NDArray variable = torch.gradients().variable(manager.create(0.0));
        ParameterOptimizer adam;
        try (NDScope scope = new NDScope()) {
            adam = torch.adam(new NDList(variable), 0.9, 0.999, 1e-8, 0);
            adam.step(new NDList(manager.create(1.0)), 0.1);
        }
        try (NDScope scope = new NDScope()) {
            adam.step(new NDList(manager.create(1.0)), 0.1);
        }
        adam.close();
        assertArrayEquals(new double[] {-0.2}, variable.toDoubleArray(), 1e-8);
    }

    @Test
    void a_step_inside_a_recording_is_not_recorded_and_the_recording_goes_on() {
        Gradients gradients = torch.gradients();
        NDArray x = gradients.variable(manager.create(3.0));
        try (ParameterOptimizer sgd = torch.sgd(new NDList(x), 0, Momentum.CLASSICAL, 0);
                Gradients.Recording recording = gradients.recording()) {
            for (int step = 0; step < 3; step++) {
                sgd.step(gradients.of(x.square(), new NDList(x)), 0.25);
            }
        }
        assertArrayEquals(new double[] {0.375}, x.toDoubleArray());
    }

    @Test
    void constants_and_gradients_that_do_not_fit_are_refused() {
        NDList one = new NDList(manager.create(1.0));
        NDList single = new NDList(manager.create(1f));
        assertRefused("beta1", () -> torch.adam(one, 1, 0.999, 1e-8, 0));
        assertRefused("epsilon", () -> torch.adam(one, 0.9, 0.999, -1, 0));
        assertRefused("momentum", () -> torch.sgd(one, 0, Momentum.NESTEROV, 0));
        assertRefused("weightDecay", () -> torch.sgd(one, 0, Momentum.CLASSICAL, Double.NaN));
        assertRefused("at least one variable", () -> torch.sgd(new NDList(), 0, Momentum.CLASSICAL, 0));
        assertRefused("floating", () -> torch.sgd(new NDList(manager.create(1)), 0, Momentum.CLASSICAL, 0));
        try (ParameterOptimizer sgd = torch.sgd(one, 0, Momentum.CLASSICAL, 0)) {
            assertRefused("learning rate", () -> sgd.step(one, -0.1));
            assertRefused("2 gradients", () -> sgd.step(new NDList(one.head(), one.head()), 0.1));
            assertRefused("gradient 0 is float32", () -> sgd.step(single, 0.1));
        }
    }

    private void assertSgd(Momentum form, double momentum) {
        double[] expected = draws("w");
        double[] velocity = new double[SIZE];
        NDArray variable = torch.gradients().variable(manager.create(expected));
        try (ParameterOptimizer sgd = torch.sgd(new NDList(variable), momentum, form, 0.02)) {
            for (int t = 1; t <= RATES.length; t++) {
                double[] gradient = draws("g" + t);
                for (int i = 0; i < SIZE; i++) {
                    double g = gradient[i] + 0.02 * expected[i];
                    velocity[i] = momentum * velocity[i] + g;
                    double direction = form == Momentum.NESTEROV ? g + momentum * velocity[i] : velocity[i];
                    expected[i] -= RATES[t - 1] * direction;
                }
                sgd.step(new NDList(manager.create(gradient)), RATES[t - 1]);
                assertArrayEquals(expected, variable.toDoubleArray(), 1e-13, "step " + t);
            }
        }
    }

    private static double[] draws(String name) {
        CounterStream stream = CounterStream.of(3, name + "/");
        return DoubleStream.generate(stream::gaussian).limit(SIZE).toArray();
    }
}
