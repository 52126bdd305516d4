package org.obverse.plugins.brep;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.obverse.testkit.Workbench;

class WalkTest {
    private static final Workbench BENCH = Workbench.of(WalkTest.class);
    private static final double[][] CROSS = {{1, 0}, {-1, 0}, {0, 1}, {0, -1}};

    @AfterAll
    static void close() {
        BENCH.close();
    }

    /** Outside is only what lies at -e₁: the mean of Φ u over four points is -1 · -e₁ / 4. */
    @Test
    void repulsion_flees_the_points_outside() {
        assertArrayEquals(
                new double[] {0.25, 0},
                Walk.direction(CROSS, new boolean[] {true, false, true, true}, Estimate.REPULSION));
    }

    /** The three points inside add e₁ / 4 and cancel one another along e₂. */
    @Test
    void both_signs_also_seek_the_points_inside() {
        assertArrayEquals(
                new double[] {0.5, 0}, Walk.direction(CROSS, new boolean[] {true, false, true, true}, Estimate.BOTH));
    }

    @Test
    void a_sphere_that_is_inside_repels_nowhere() {
        assertArrayEquals(
                new double[] {0, 0}, Walk.direction(CROSS, new boolean[] {true, true, true, true}, Estimate.REPULSION));
    }

    @Test
    void all_points_lie_on_the_sphere_around_the_candidate() {
        Walk walk = walk(SphereSettings.DEFAULT, 0.5f, -1);

        List<float[]> sphere = walk.sphere();

        assertEquals(32, sphere.size());
        for (float[] point : sphere) {
            assertEquals(2, Math.hypot(point[0] - 0.5, point[1] + 1), 1e-6);
        }
    }

    /** min(2 / 3, 3) along the mean direction, which is (mean of the outside units, negated) / 32. */
    @Test
    void a_step_is_a_third_of_the_radius_along_the_mean_direction() {
        Walk walk = walk(SphereSettings.DEFAULT, 0.2f, 0.1f);
        List<float[]> sphere = walk.sphere();
        long[] labels = new long[32];
        labels[5] = 1;
        Arrays.fill(labels, 8, 20, 1);

        walk.saw(labels);

        double[] expected = {0.2, 0.1};
        for (int i = 0; i < 32; i++) {
            for (int k = 0; k < 2; k++) {
                double unit = (sphere.get(i)[k] - (k == 0 ? 0.2 : 0.1)) / 2;
                expected[k] -= labels[i] == 0 ? 0 : 2.0 / 3 * unit / 32;
            }
        }
        assertEquals(expected[0], walk.proposal()[0], 1e-6);
        assertEquals(expected[1], walk.proposal()[1], 1e-6);
    }

    @Test
    void a_step_never_leaves_the_range() {
        Walk walk = walk(with(100, 0.75), 1.49f, -1.49f);
        walk.sphere();
        long[] labels = new long[32];
        Arrays.fill(labels, 0, 16, 1);

        walk.saw(labels);

        for (float coordinate : walk.proposal()) {
            assertTrue(Math.abs(coordinate) <= 1.5);
        }
    }

    @Test
    void the_radius_grows_by_a_third_when_more_than_three_quarters_are_inside() {
        Walk walk = walk(SphereSettings.DEFAULT, 0, 0);
        walk.sphere();
        long[] exactly = new long[32];
        Arrays.fill(exactly, 0, 8, 1);
        walk.saw(exactly);
        walk.stayed();
        assertEquals(2, walk.radius());
        assertEquals(0, walk.score());

        long[] more = exactly.clone();
        more[0] = 0;
        walk.saw(more);
        walk.stayed();

        assertEquals(2.6, walk.radius(), 1e-12);
        assertEquals(2, walk.score());
    }

    /** The longest step is 3, so that radii of 2 and 2.6 lead 2 / 3 and 2.6 / 3 along the same direction. */
    @Test
    void the_step_of_an_iteration_is_taken_at_the_radius_that_has_just_grown() {
        long[] labels = new long[32];
        labels[5] = 1;
        Walk steady = walk(with(2, 1), 0, 0);
        Walk growing = walk(with(2, 0.75), 0, 0);
        steady.sphere();
        growing.sphere();

        steady.saw(labels);
        growing.saw(labels);

        assertEquals(1.3 * steady.proposal()[0], growing.proposal()[0], 1e-6);
    }

    @Test
    void an_iteration_shows_only_when_its_step_was_answered() {
        Walk walk = walk(settings(2, 0.75, 3, Patience.ALL, 10, Outcome.LAST_GROWTH), 0.1f, 0);
        walk.sphere();

        walk.saw(new long[32]);

        assertEquals(2, walk.radius());
        assertEquals(0, walk.score());
        assertEquals(0, walk.radii().length);
        assertEquals(0, walk.shares().length);
    }

    @Test
    void a_rejected_step_leaves_the_candidate_and_counts() {
        SphereSettings settings = settings(2, 0.75, 3, Patience.ALL, 10, Outcome.FINAL);
        Walk walk = walk(settings, 0.3f, 0.4f);

        for (int i = 0; i < 3; i++) {
            assertTrue(walk.goesOn());
            walk.arrived(new float[] {1, 1}, 1);
        }

        assertArrayEquals(new float[] {0.3f, 0.4f}, walk.result());
        assertFalse(walk.goesOn());
    }

    @Test
    void with_the_published_patience_only_the_bound_on_all_iterations_ends_rejections() {
        Walk walk = walk(settings(2, 0.75, 3, Patience.ACCEPTED, 7, Outcome.FINAL), 0.3f, 0.4f);

        int iterations = 0;
        while (walk.goesOn()) {
            walk.arrived(new float[] {1, 1}, 1);
            iterations++;
        }

        assertEquals(7, iterations);
    }

    @Test
    void the_published_outcome_is_where_the_radius_grew_last() {
        Walk walk = walk(settings(2, 0.75, 3, Patience.ALL, 10, Outcome.LAST_GROWTH), 0, 0);
        walk.arrived(new float[] {0.1f, 0}, 0);
        assertArrayEquals(new float[] {0, 0}, walk.result());

        walk.sphere();
        walk.saw(new long[32]);
        walk.arrived(new float[] {0.2f, 0}, 0);

        assertArrayEquals(new float[] {0.1f, 0}, walk.result());
    }

    private static Walk walk(SphereSettings settings, float x, float y) {
        Walk walk = new Walk(settings, 0, new float[] {x, y}, BENCH.stream(1));
        walk.began(0);
        return walk;
    }

    private static SphereSettings with(double radius, double growthShare) {
        return settings(radius, growthShare, 1000, Patience.ALL, 1000, Outcome.FINAL);
    }

    private static SphereSettings settings(
            double radius, double growthShare, int perRadius, Patience patience, int iterations, Outcome outcome) {
        return new SphereSettings(
                radius,
                32,
                Estimate.REPULSION,
                growthShare,
                1.3,
                1.0 / 3,
                3,
                1.5,
                perRadius,
                patience,
                iterations,
                outcome);
    }
}
