package org.obverse.inversion;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.obverse.inversion.LatentDescent.Outcome;
import org.obverse.inversion.LatentDescent.Reduction;
import org.obverse.inversion.LatentDescent.Settings;
import org.obverse.testkit.Workbench;

class LatentDescentTest {
    private static final Workbench BENCH = Workbench.of(LatentDescentTest.class);

    @AfterAll
    static void close() {
        BENCH.close();
    }

    @Test
    void steps_are_those_of_adam_with_a_falling_rate() {
        StepDecay rate = new StepDecay(0.05, List.of(3), 0.1);
        Settings settings = new Settings(6, rate, 0.1, 0.2, 1e-3, 0.01, Reduction.SUM);
        double[] start = {1, -2, 0.5, 3};

        NDArray found = descent(settings).descend(start(start), this::squares, (step, outcome, points) -> {});

        double[] expected = new double[4];
        for (int i = 0; i < 4; i++) {
            expected[i] = adamOnSquares(start[i], settings);
        }
        assertArrayEquals(expected, found.toDoubleArray(), 1e-12);
    }

    @Test
    void a_sum_leaves_each_candidate_its_own_gradient_and_a_mean_divides_it() {
        double[] both = {1, -2, 0.5, 3};
        double[] first = {1, -2};
        Settings sum = new Settings(1, new StepDecay(1, List.of(), 1), 0, 0, 1, 0, Reduction.SUM);
        Settings mean = new Settings(1, new StepDecay(1, List.of(), 1), 0, 0, 1, 0, Reduction.MEAN);

        assertArrayEquals(afterOneStep(sum, first), afterOneStep(sum, both), 0);
        assertArrayEquals(new double[] {1 - 2 / 3.0, -2 + 4 / 5.0}, afterOneStep(sum, both), 1e-12);
        assertArrayEquals(new double[] {1 - 1 / 2.0, -2 + 2 / 3.0}, afterOneStep(mean, both), 1e-12);
    }

    @Test
    void the_follower_sees_the_losses_before_and_the_points_after_each_step() {
        Settings settings = new Settings(2, new StepDecay(1, List.of(), 1), 0, 0, 1, 0, Reduction.SUM);
        List<Double> seen = new ArrayList<>();

        descent(settings).descend(start(1, 0), this::squares, (step, outcome, points) -> {
            seen.add(outcome.losses().getDouble(0));
            seen.add(points.getDouble(0, 0));
        });

        double second = 1 - 2 / 3.0;
        double third = second - 2 * second / (2 * second + 1);
        assertArrayEquals(
                new double[] {1, second, second * second, third},
                seen.stream().mapToDouble(Double::doubleValue).toArray(),
                1e-12);
    }

    @Test
    void the_start_is_not_changed() {
        NDArray start = start(1, -2);
        Settings settings = new Settings(3, new StepDecay(1, List.of(), 1), 0, 0, 1, 0, Reduction.SUM);

        descent(settings).descend(start, this::squares, (step, outcome, points) -> {});

        assertArrayEquals(new double[] {1, -2}, start.toDoubleArray());
    }

    @Test
    void a_step_leaves_no_array_behind() {
        try (NDManager manager = BENCH.manager().newSubManager()) {
            NDArray start = manager.create(new double[] {1, -2}, new Shape(1, 2));
            List<Integer> alive = new ArrayList<>();
            Settings settings = new Settings(50, new StepDecay(1, List.of(), 1), 0, 0, 1, 0, Reduction.SUM);

            descent(settings)
                    .descend(
                            start,
                            this::squares,
                            (step, outcome, points) ->
                                    alive.add(manager.getManagedArrays().size()));

            assertEquals(alive.get(0), alive.get(49));
            assertEquals(2, manager.getManagedArrays().size());
        }
    }

    private static LatentDescent descent(Settings settings) {
        return new LatentDescent(BENCH.gradients(), BENCH.training(), settings);
    }

    private static NDArray start(double... values) {
        return BENCH.manager().create(values, new Shape(values.length / 2, 2));
    }

    private Outcome squares(NDArray points, int step) {
        return new Outcome(points.square().sum(new int[] {1}), points);
    }

    private double[] afterOneStep(Settings settings, double[] start) {
        NDArray found = descent(settings).descend(start(start), this::squares, (step, outcome, points) -> {});
        return found.get("0").toDoubleArray();
    }

    /** Algorithm 1 of Kingma and Ba (2015) on x², with an L2 penalty and the learning rate of each step. */
    private static double adamOnSquares(double x, Settings settings) {
        double m = 0;
        double v = 0;
        for (int t = 1; t <= settings.steps(); t++) {
            double g = 2 * x + settings.weightDecay() * x;
            m = settings.beta1() * m + (1 - settings.beta1()) * g;
            v = settings.beta2() * v + (1 - settings.beta2()) * g * g;
            double mHat = m / (1 - Math.pow(settings.beta1(), t));
            double vHat = v / (1 - Math.pow(settings.beta2(), t));
            x -= settings.rate().at(t - 1) * mHat / (Math.sqrt(vHat) + settings.epsilon());
        }
        return x;
    }
}
