package org.obverse.plugins.ifgmi;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.obverse.plugins.identity.IdentityLossesPlugin;
import org.obverse.testkit.Workbench;

class L1BallTest {
    private static final Workbench BENCH = Workbench.of(L1BallTest.class).with(new IdentityLossesPlugin());

    @AfterAll
    static void close() {
        BENCH.close();
    }

    /** By hand. */
    @Test
    void the_nearest_vector_of_the_ball_is_found() {
        assertArrayEquals(new double[] {2, 0}, projected(2, 3, 1), 1e-12);
        assertArrayEquals(new double[] {1, -1}, projected(2, 2, -2), 1e-12);
        assertArrayEquals(new double[] {3, 2, 0}, projected(5, 4, 3, -1), 1e-12);
    }

    @Test
    void what_lies_in_the_ball_stays_where_it_is() {
        assertArrayEquals(new double[] {.5, -.2}, projected(1, .5, -.2));
        assertArrayEquals(new double[] {0, 0}, projected(1, 0, 0));
    }

    @Test
    void a_projection_lies_on_the_ball_and_is_its_own_projection() {
        double[] far = BENCH.manager()
                .create(BENCH.stream(3).gaussians(1000))
                .toType(DataType.FLOAT64, true)
                .toDoubleArray();

        double[] near = projected(40, far);

        assertEquals(40, sum(near), 1e-10);
        assertArrayEquals(near, projected(40, near), 1e-12);
    }

    /** Whatever other vector of the ball is taken. */
    @Test
    void no_vector_of_the_ball_is_nearer() {
        double[] far = {2, -1.5, .7, .1};
        double[] near = projected(1.2, far);

        for (int other = 0; other < 200; other++) {
            double[] direction = new double[far.length];
            for (int i = 0; i < far.length; i++) {
                direction[i] =
                        BENCH.stream(4).child("vector", other).child("entry", i).gaussian();
            }
            double length = sum(direction);
            for (int i = 0; i < far.length; i++) {
                direction[i] *= 1.2 / length;
            }
            assertTrue(distance(far, near) <= distance(far, direction));
        }
    }

    @Test
    void each_row_is_bounded_for_itself_around_its_own_origin() {
        NDArray origins = BENCH.manager().create(new float[] {0, 0, 10, 10}, new Shape(2, 1, 2));
        NDArray points = BENCH.manager().create(new float[] {.5f, -.2f, 13, 11}, new Shape(2, 1, 2));

        L1Ball.bound(points, origins, 2);

        assertArrayEquals(new float[] {.5f, -.2f, 12, 10}, points.toFloatArray());
        assertArrayEquals(new float[] {0, 0, 10, 10}, origins.toFloatArray());
    }

    private static double[] projected(double radius, double... v) {
        return L1Ball.project(BENCH.manager().create(v), radius).toDoubleArray();
    }

    private static double sum(double... v) {
        double sum = 0;
        for (double entry : v) {
            sum += Math.abs(entry);
        }
        return sum;
    }

    private static double distance(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += (a[i] - b[i]) * (a[i] - b[i]);
        }
        return sum;
    }
}
