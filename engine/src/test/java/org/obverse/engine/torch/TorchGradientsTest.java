package org.obverse.engine.torch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.obverse.engine.torch.FiniteDifferences.assertGradient;
import static org.obverse.engine.torch.Refusals.assertRefused;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.UnaryOperator;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.obverse.api.tensor.Gradients;
import org.obverse.api.tensor.Operators;
import org.obverse.engine.random.CounterStream;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TorchGradientsTest {
    private TorchRuntime torch;
    private Gradients gradients;
    private NDManager manager;

    @BeforeAll
    void start() {
        torch = TorchRuntime.start();
        gradients = torch.gradients();
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
    void the_gradient_of_a_cubic_is_three_times_the_square() {
        try (Gradients.Recording recording = gradients.recording()) {
            NDArray x = gradients.variable(manager.create(new double[] {1, -2, 3}));
            NDList gradient = gradients.of(x.pow(3).sum(), new NDList(x));
            assertArrayEquals(new double[] {3, 12, 27}, gradient.head().toDoubleArray());
        }
    }

    @Test
    void an_entry_that_the_scalar_does_not_depend_on_has_a_gradient_of_zeros() {
        try (Gradients.Recording recording = gradients.recording()) {
            NDArray x = gradients.variable(manager.create(2.0));
            NDArray stranger = gradients.variable(manager.ones(new Shape(2, 2)));
            NDList gradient = gradients.of(x.square(), new NDList(stranger, x));
            assertEquals(new Shape(2, 2), gradient.get(0).getShape());
            assertArrayEquals(new float[4], gradient.get(0).toFloatArray());
            assertEquals(4, gradient.get(1).getDouble());
        }
    }

    @Test
    void a_gradient_may_be_asked_with_respect_to_an_array_computed_from_variables() {
        try (Gradients.Recording recording = gradients.recording()) {
            NDArray x = gradients.variable(manager.create(new double[] {1, 2}));
            NDArray middle = x.mul(5);
            NDList gradient = gradients.of(middle.square().sum(), new NDList(middle));
            assertArrayEquals(new double[] {10, 20}, gradient.head().toDoubleArray());
        }
    }

    @Test
    void asking_twice_gives_the_same_answer_because_nothing_accumulates() {
        try (Gradients.Recording recording = gradients.recording()) {
            NDArray x = gradients.variable(manager.create(3.0));
            NDArray y = x.square();
            assertEquals(6, gradients.of(y, new NDList(x)).head().getDouble());
            assertEquals(6, gradients.of(y, new NDList(x)).head().getDouble());
        }
    }

    @Test
    void a_variable_is_a_copy_of_its_value_beside_it() {
        NDArray value = manager.create(new double[] {1, 2, 3, 4}).reshape(2, 2).transpose();
        NDArray variable = gradients.variable(value);
        value.muli(10);
        assertArrayEquals(new double[] {1, 3, 2, 4}, variable.toDoubleArray());
        assertSame(manager, variable.getManager());
    }

    @Test
    void a_variable_is_cut_off_from_the_graph_of_its_value() {
        try (Gradients.Recording recording = gradients.recording()) {
            NDArray x = gradients.variable(manager.create(3.0));
            NDArray detached = gradients.variable(x.square());
            NDList gradient = gradients.of(detached.mul(7), new NDList(x, detached));
            assertEquals(0, gradient.get(0).getDouble());
            assertEquals(7, gradient.get(1).getDouble());
        }
    }

    @Test
    void outside_a_recording_results_have_no_graph() {
        NDArray x = gradients.variable(manager.create(2.0));
        NDArray y = x.square();
        NDArray z = torch.operators().acosh(x);
        assertRefused("no graph", () -> gradients.of(y, new NDList(x)));
        assertRefused("no graph", () -> gradients.of(z, new NDList(x)));
    }

    @Test
    void recordings_nest_and_closing_restores_what_was_before() {
        NDArray x = gradients.variable(manager.create(2.0));
        try (Gradients.Recording outer = gradients.recording()) {
            try (Gradients.Recording pause = gradients.paused()) {
                try (Gradients.Recording inner = gradients.recording()) {
                    assertEquals(4, slope(x));
                }
                assertRefused("no graph", () -> gradients.of(x.square(), new NDList(x)));
            }
            assertEquals(4, slope(x));
        }
        assertRefused("no graph", () -> gradients.of(x.square(), new NDList(x)));
    }

    @Test
    void a_recording_closed_on_another_thread_is_refused() throws Exception {
        try (Gradients.Recording recording = gradients.recording()) {
            Thread other = torch.threads("other").newThread(() -> {
                assertThrows(IllegalStateException.class, recording::close);
            });
            List<Throwable> failures = new ArrayList<>();
            other.setUncaughtExceptionHandler((thread, failure) -> failures.add(failure));
            other.start();
            other.join();
            assertEquals(List.of(), failures);
        }
    }

    @Test
    void what_cannot_be_differentiated_is_refused_by_name() {
        NDArray whole = manager.create(new int[] {1});
        assertRefused("floating-point", () -> gradients.variable(whole));
        try (Gradients.Recording recording = gradients.recording()) {
            NDArray x = gradients.variable(manager.create(new double[] {1, 2}));
            NDArray constant = manager.create(1.0);
            assertRefused("(2)", () -> gradients.of(x.square(), new NDList(x)));
            assertRefused("entry 1 of wrt", () -> gradients.of(x.sum(), new NDList(x, constant)));
            assertRefused("scalar has no graph", () -> gradients.of(constant, new NDList(x)));
        }
    }

    @Test
    void a_gradient_is_not_part_of_a_graph_unless_it_is_asked_to_be() {
        try (Gradients.Recording recording = gradients.recording()) {
            NDArray x = gradients.variable(manager.create(2.0));
            NDArray plain = gradients.of(x.pow(3), new NDList(x)).head();
            assertRefused("no graph", () -> gradients.of(plain, new NDList(x)));
            NDArray first = gradients.differentiable(x.pow(3), new NDList(x)).head();
            assertEquals(12, first.getDouble());
            NDArray second = gradients.differentiable(first, new NDList(x)).head();
            assertEquals(12, second.getDouble());
            assertEquals(6, gradients.of(second, new NDList(x)).head().getDouble());
        }
    }

    @Test
    void the_gradient_of_a_gradient_penalty_through_a_critic_agrees_with_finite_differences() {
        // R1 (Mescheder et al. 2018, eq. 9): the squared norm of the critic's gradient at x, differentiated by weights.
        Operators operators = torch.operators();
        NDArray images = manager.create(draws("x", 2 * 2 * 4 * 4)).reshape(2, 2, 4, 4);
        NDArray up = manager.create(draws("up", 3 * 1 * 3 * 3)).reshape(3, 1, 3, 3);
        assertGradient(
                torch,
                draws("w", 3 * 2 * 3 * 3),
                new Shape(3, 2, 3, 3),
                w -> penalty(images, x -> {
                    NDArray hidden = operators.leakyRelu(operators.conv2d(x, w, 2, 1, 1), 0.2, 1.4);
                    return operators.softplus(
                            operators.convTranspose2d(hidden, up, 2, 1, 1, 1).square());
                }),
                1e-6);
    }

    @Test
    void a_penalty_through_batch_norm_and_multiply_add_agrees_with_finite_differences() {
        Operators operators = torch.operators();
        NDArray rows = manager.create(draws("rows", 5 * 3)).reshape(5, 3);
        NDArray mean = manager.zeros(new Shape(3), DataType.FLOAT64);
        NDArray variance = manager.ones(new Shape(3), DataType.FLOAT64);
        assertGradient(
                torch,
                draws("gamma", 3),
                new Shape(3),
                gamma -> penalty(rows, x -> {
                    NDArray normal =
                            operators.batchNorm(x, mean, variance, gamma, gamma, 1e-3, 0.1, Operators.Mode.TRAINING);
                    return operators.acosh(operators
                            .multiplyAdd(normal, normal, gamma.square())
                            .add(1.5));
                }),
                1e-6);
    }

    @Test
    void two_threads_differentiate_at_once() throws Exception {
        NDArray shared = gradients.variable(manager.create(new double[] {1, 2, 3}));
        ExecutorService workers = Executors.newFixedThreadPool(2, torch.threads("worker"));
        try {
            List<Future<double[]>> sums = new ArrayList<>();
            for (int power = 2; power <= 3; power++) {
                sums.add(workers.submit(sumOfGradients(shared, power)));
            }
            assertArrayEquals(new double[] {600, 1200, 1800}, sums.get(0).get());
            assertArrayEquals(new double[] {900, 3600, 8100}, sums.get(1).get());
        } finally {
            workers.shutdownNow();
        }
    }

    private Callable<double[]> sumOfGradients(NDArray x, int power) {
        return () -> {
            double[] sum = new double[3];
            try (NDManager mine = torch.manager().newSubManager();
                    Gradients.Recording recording = gradients.recording()) {
                for (int step = 0; step < 300; step++) {
                    NDList gradient = gradients.of(x.pow(power).sum(), new NDList(x));
                    gradient.attach(mine);
                    double[] values = gradient.head().toDoubleArray();
                    for (int i = 0; i < sum.length; i++) {
                        sum[i] += values[i];
                    }
                }
            }
            return sum;
        };
    }

    private double slope(NDArray x) {
        return gradients.of(x.square(), new NDList(x)).head().getDouble();
    }

    /** The squared norm of the gradient of the sum of {@code critic}'s values at {@code point}. */
    private NDArray penalty(NDArray point, UnaryOperator<NDArray> critic) {
        NDArray x = gradients.variable(point);
        return gradients
                .differentiable(critic.apply(x).sum(), new NDList(x))
                .head()
                .square()
                .sum();
    }

    private static double[] draws(String name, int count) {
        CounterStream stream = CounterStream.of(2, name + "/");
        return DoubleStream.generate(stream::gaussian).limit(count).toArray();
    }
}
