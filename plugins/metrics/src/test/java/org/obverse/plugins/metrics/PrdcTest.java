package org.obverse.plugins.metrics;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.obverse.plugins.metrics.Prdc.Definition;
import org.obverse.testkit.Fixture;
import org.obverse.testkit.Workbench;

class PrdcTest {
    private static final double[][] LINE = {{0}, {1}, {3}, {7}, {15}, {31}};

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 5})
    void the_reference_definition_reproduces_the_reference(int k) {
        try (Workbench bench = Workbench.of(PrdcTest.class)) {
            Fixture fixture = bench.fixture("prdc.safetensors");
            double[][] expected = Tensors.rows(fixture.get("per_class_prdc_k" + k));
            List<Prdc> classes = new ArrayList<>();
            for (int c = 0; c < expected.length; c++) {
                double[][] real = Tensors.rows(fixture.get("real." + c));
                double[][] fake = Tensors.rows(fixture.get("fake." + c));
                classes.add(Prdc.of(real, fake, k, Definition.REFERENCE));
                assertEqualRatios(expected[c], values(classes.get(c)));
            }
            assertEqualRatios(Tensors.values(fixture.get("mean_prdc_k" + k)), values(Prdc.mean(classes)));
        }
    }

    @ParameterizedTest
    @EnumSource
    void fakes_equal_to_the_reals_are_precise_and_cover_everything(Definition definition) {
        Prdc prdc = Prdc.of(LINE, LINE, 2, definition);

        assertEquals(1, prdc.precision());
        assertEquals(1, prdc.recall());
        assertEquals(1, prdc.coverage());
    }

    /** Every ball holds its centre and its k nearest neighbours, so n balls hold n(k + 1) points. */
    @Test
    void the_density_of_fakes_equal_to_the_reals_is_one_and_one_kth() {
        assertEquals(3.0 / 2, Prdc.of(LINE, LINE, 2, Definition.USUAL).density(), 1e-15);
        assertEquals(4.0 / 3, Prdc.of(LINE, LINE, 3, Definition.USUAL).density(), 1e-15);
    }

    @ParameterizedTest
    @EnumSource
    void fakes_far_from_the_reals_have_nothing(Definition definition) {
        double[][] far = {{1000}, {1001}, {1002}};

        assertArrayEquals(new double[4], values(Prdc.of(LINE, far, 2, definition)));
    }

    /**
     * By hand, with k = 1: the reals' balls are 0 ± 1, 1 ± 1, 3 ± 2, 9 ± 6; the fakes' are 2 ± 2, 4 ± 0.5, 4.5 ± 0.5.
     * Fake 2 lies in the balls of 1 and 3, fakes 4 and 4.5 in those of 3 and 9.
     */
    @Test
    void the_usual_definition_counts_every_ball() {
        double[][] real = {{0}, {1}, {3}, {9}};
        double[][] fake = {{2}, {4}, {4.5}};

        Prdc prdc = Prdc.of(real, fake, 1, Definition.USUAL);

        assertArrayEquals(new double[] {1, 3.0 / 4, 6.0 / 3, 3.0 / 4}, values(prdc), 1e-15);
    }

    /** Of the reals' balls 0 ± 10, 10 ± 0.5, 10.5 ± 0.5 the wide one holds 8, but 10 is nearer to it. */
    @Test
    void the_reference_definition_looks_at_the_nearest_ball_only() {
        double[][] real = {{0}, {10}, {10.5}};
        double[][] fake = {{8}, {100}, {101}, {102}};

        assertEquals(1.0 / 4, Prdc.of(real, fake, 1, Definition.USUAL).precision());
        assertEquals(0, Prdc.of(real, fake, 1, Definition.REFERENCE).precision());
        assertEquals(1.0 / 4, Prdc.of(real, fake, 1, Definition.USUAL).density());
        assertEquals(1.0 / 3, Prdc.of(real, fake, 1, Definition.REFERENCE).density());
    }

    @Test
    void points_that_coincide_have_balls_without_extent_that_hold_each_other() {
        double[][] same = {{5}, {5}, {5}};

        Prdc prdc = Prdc.of(same, same, 2, Definition.USUAL);

        assertArrayEquals(new double[] {1, 1, 3.0 / 2, 1}, values(prdc));
    }

    @Test
    void the_order_of_the_points_does_not_matter() {
        double[][] fake = {{2}, {4}, {4.5}, {20}};
        double[][] reordered = {{20}, {4.5}, {2}, {4}};
        double[][] reversed = {{31}, {15}, {7}, {3}, {1}, {0}};

        for (Definition definition : Definition.values()) {
            assertEquals(Prdc.of(LINE, fake, 2, definition), Prdc.of(reversed, reordered, 2, definition));
        }
    }

    /** Ratios of counts: the fixture's are rounded to float32, up to twice. One point more or less changes 1e-2. */
    private static void assertEqualRatios(double[] expected, double[] actual) {
        for (int i = 0; i < expected.length; i++) {
            assertEquals(expected[i], actual[i], 1.2e-7 * expected[i]);
        }
    }

    private static double[] values(Prdc prdc) {
        return new double[] {prdc.precision(), prdc.recall(), prdc.density(), prdc.coverage()};
    }
}
