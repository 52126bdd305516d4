package org.obverse.plugins.rlb;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.obverse.testkit.Workbench;

class SquashedTest {
    private static final Workbench BENCH = Workbench.of(SquashedTest.class);
    private static final double MEAN = 0.3;
    private static final double LOG_DEVIATION = -0.2;

    @AfterAll
    static void close() {
        BENCH.close();
    }

    /** ∫ π(tanh u) (1 − tanh² u) du by the trapezoidal rule, with the slope as 1 / cosh² u. */
    @Test
    void the_density_integrates_to_one() {
        double sum = 0;
        double step = 0.01;
        double[] points = new double[2401];
        for (int i = 0; i < points.length; i++) {
            points[i] = (i - 1200) * step;
        }
        double[] logs = logDensities(Mode.CORRECTED, points);
        for (int i = 0; i < points.length; i++) {
            sum += step * Math.exp(logs[i]) / Math.pow(Math.cosh(points[i]), 2);
        }

        assertEquals(1, sum, 1e-10);
    }

    @Test
    void the_density_at_one_half_is_the_worked_value() {
        assertEquals(-0.5085460, logDensities(Mode.CORRECTED, 0.5)[0], 5e-8);
        assertEquals(-0.5085473, logDensities(Mode.REFERENCE, 0.5)[0], 5e-8);
    }

    @Test
    void far_out_the_density_stays_finite() {
        double[] logs = logDensities(Mode.CORRECTED, -40, 40);

        assertTrue(Double.isFinite(logs[0]) && Double.isFinite(logs[1]));
        // log(1 − tanh² u) is log 4 − 2 |u| there
        double gaussian =
                -0.5 * Math.pow((40 - MEAN) / Math.exp(LOG_DEVIATION), 2) - LOG_DEVIATION - 0.5 * Math.log(2 * Math.PI);
        assertEquals(gaussian - (Math.log(4) - 80), logs[1], 1e-9);
    }

    @Test
    void coordinates_are_summed_and_in_the_released_code_averaged() {
        double[] one = logDensities(Mode.CORRECTED, 0.5, -0.1, 1.2);
        double[] released = logDensities(Mode.REFERENCE, 0.5, -0.1, 1.2);

        assertEquals(one[0] + one[1] + one[2], together(Mode.CORRECTED, 0.5, -0.1, 1.2), 1e-12);
        assertEquals((released[0] + released[1] + released[2]) / 3, together(Mode.REFERENCE, 0.5, -0.1, 1.2), 1e-12);
    }

    @Test
    void an_action_is_the_hyperbolic_tangent() {
        NDArray zero = array(new Shape(1, 1, 2), 0, 0);
        NDArray actions = Squashed.of(
                        array(new Shape(1, 1, 2), 0.3, -2),
                        zero,
                        array(new Shape(1, 1, 2), 0.2, 1),
                        Mode.CORRECTED,
                        BENCH.operators())
                .actions();

        assertArrayEquals(new double[] {Math.tanh(0.5), Math.tanh(-1)}, actions.toDoubleArray(), 1e-15);
    }

    private static double[] logDensities(Mode mode, double... u) {
        return of(mode, new Shape(1, u.length, 1), u).toDoubleArray();
    }

    private static double together(Mode mode, double... u) {
        return of(mode, new Shape(1, 1, u.length), u).toDoubleArray()[0];
    }

    private static NDArray of(Mode mode, Shape shape, double... u) {
        NDArray mean = BENCH.manager().zeros(shape, DataType.FLOAT64).add(MEAN);
        NDArray deviation = mean.sub(MEAN).add(LOG_DEVIATION);
        NDArray noise = array(shape, u).sub(MEAN).div(Math.exp(LOG_DEVIATION));
        return Squashed.of(mean, deviation, noise, mode, BENCH.operators()).logDensities();
    }

    private static NDArray array(Shape shape, double... values) {
        return BENCH.manager().create(values, shape);
    }
}
