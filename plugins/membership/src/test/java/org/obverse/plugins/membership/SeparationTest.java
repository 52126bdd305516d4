package org.obverse.plugins.membership;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class SeparationTest {
    /** Losses of spec/membership.md, section 3, as scores. */
    private static final Separation WORKED =
            new Separation(new double[] {-0.1, -0.2, -0.3, -0.05, -1.2}, new double[] {-0.15, -0.9, -2, -0.4, -0.6});

    @Test
    void the_worked_example_has_its_area_and_advantage() {
        assertEquals(0.76, WORKED.auc(), 1e-12);
        assertEquals(0.6, WORKED.advantage(), 1e-12);
    }

    @Test
    void ties_count_one_half() {
        Separation ties = new Separation(new double[] {1, 2}, new double[] {1, 1, 2});

        assertEquals((0.5 + 0.5 + 0 + 1 + 1 + 0.5) / 6, ties.auc(), 1e-12);
        assertEquals(0.5 - 1.0 / 3, ties.advantage(), 1e-12);
    }

    @Test
    void scores_that_tell_nothing_or_the_contrary_have_no_advantage() {
        assertEquals(0.5, new Separation(new double[] {0, 0}, new double[] {0, 0}).auc(), 1e-12);
        assertEquals(0, new Separation(new double[] {0, 0}, new double[] {0, 0}).advantage(), 1e-12);
        assertEquals(0, new Separation(new double[] {0, 1}, new double[] {2, 3}).advantage(), 1e-12);
        assertEquals(0, new Separation(new double[] {0, 1}, new double[] {2, 3}).auc(), 1e-12);
    }

    @Test
    void the_median_of_an_even_number_lies_between_the_middle_two() {
        assertEquals(2.5, Separation.median(4, 1, 3, 2));
        assertEquals(3, Separation.median(9, 1, 3));
    }

    @Test
    void there_is_one_zero() {
        Separation zeros = new Separation(new double[] {-0.0, 1}, new double[] {0.0, -1});

        assertEquals(0.5, zeros.ties());
        assertEquals(0.875, zeros.auc());
    }
}
