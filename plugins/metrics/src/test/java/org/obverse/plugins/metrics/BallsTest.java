package org.obverse.plugins.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.obverse.plugins.metrics.Prdc.Definition;

class BallsTest {
    /** Last bits of a feature, as a share of its vector's length. */
    private static final double LAST_BITS = 3e-6;

    private final Random random = new Random(11);

    /** Copies of the reals lie on the surfaces of their balls. */
    @ParameterizedTest
    @EnumSource
    void last_bits_of_copies_move_none_of_them_out_of_a_ball(Definition definition) {
        double[][] real = points(12, 8, 3);
        for (int k = 1; k <= 4; k++) {
            Prdc exact = Prdc.of(real, real, k, definition);
            for (int i = 0; i < 200; i++) {
                assertEquals(exact, Prdc.of(perturbed(real), perturbed(real), k, definition));
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void last_bits_do_not_tell_points_that_coincide_apart(Definition definition) {
        double[] point = points(1, 8, 3)[0];
        double[][] same = {point, point, point};

        for (int i = 0; i < 200; i++) {
            Prdc prdc = Prdc.of(perturbed(same), perturbed(same), 2, definition);
            assertEquals(new Prdc(1, 1, 3.0 / 2, 1), prdc);
        }
    }

    /** The reals' balls are 3 ± 1, 4 ± 1 and 8 ± 4, wider by 3e-5 of the radius and the centre: 1.2e-4, 1.5e-4, 3.6e-4. */
    @Test
    void a_ball_ends_where_float32_can_tell_its_surface() {
        Balls balls = Balls.around(new double[][] {{3}, {4}, {8}}, 1);

        assertEquals(1, balls.holding(new double[] {2 - 1.19e-4}));
        assertEquals(0, balls.holding(new double[] {2 - 1.21e-4}));
        assertEquals(2, balls.holding(new double[] {5 + 1.49e-4}));
        assertEquals(1, balls.holding(new double[] {5 + 1.51e-4}));
        assertEquals(1, balls.holding(new double[] {12 + 3.59e-4}));
        assertEquals(0, balls.holding(new double[] {12 + 3.61e-4}));
        assertEquals(2, balls.occupied(new double[][] {{5 + 1.49e-4}}));
        assertEquals(1, balls.occupied(new double[][] {{5 + 1.51e-4}}));
    }

    /** 1 is as near to 0, whose ball reaches to 2, as to 2, whose ball is 2 ± 0.5. */
    @Test
    void of_centres_equally_near_one_whose_ball_holds_the_point_is_enough_in_every_order() {
        double[][] centres = {{0}, {2}, {2.5}};
        double[][] reversed = {{2.5}, {2}, {0}};

        for (double[][] points : new double[][][] {centres, reversed}) {
            Balls balls = Balls.around(points, 1);
            assertTrue(balls.nearestHolds(new double[] {1}));
            assertTrue(balls.nearestHolds(new double[] {1 - 1e-6}));
            assertTrue(balls.nearestHolds(new double[] {1 + 1e-6}));
            assertFalse(balls.nearestHolds(new double[] {1 + 1e-4}));
        }
    }

    /** Far from the origin, as features behind a ReLU are. */
    private double[][] points(int count, int dimensions, double offset) {
        double[][] points = new double[count][dimensions];
        for (double[] point : points) {
            Arrays.setAll(point, i -> (float) (offset + random.nextGaussian()));
        }
        return points;
    }

    private double[][] perturbed(double[][] points) {
        return Arrays.stream(points)
                .map(point -> {
                    double length =
                            Math.sqrt(Arrays.stream(point).map(x -> x * x).sum());
                    double most = LAST_BITS * length / Math.sqrt(point.length);
                    return Arrays.stream(point)
                            .map(x -> x + most * (2 * random.nextDouble() - 1))
                            .toArray();
                })
                .toArray(double[][]::new);
    }
}
