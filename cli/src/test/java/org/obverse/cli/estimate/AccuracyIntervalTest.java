package org.obverse.cli.estimate;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

final class AccuracyIntervalTest {
    /** t of 49 degrees of freedom is 2.0096 (R: qt(0.975, 49)). */
    @Test
    void one_sample_of_each_identity_is_a_simple_sample_of_them() {
        assertEquals(2.0096 * 0.5 / Math.sqrt(50), new AccuracyInterval(50, 1).halfWidth(0), 1e-5);
        assertEquals(2.0096 * 0.5 / Math.sqrt(50), new AccuracyInterval(50, 1).halfWidth(1), 1e-5);
    }

    @Test
    void samples_that_are_all_alike_say_no_more_than_one_of_them() {
        double one = new AccuracyInterval(50, 1).halfWidth(1);

        assertEquals(one, new AccuracyInterval(50, 30).halfWidth(1), 1e-12);
        assertEquals(one / Math.sqrt(30), new AccuracyInterval(50, 30).halfWidth(0), 1e-12);
    }

    /** 50 samples at an ICC of 0.1: the variance is 1 + 49 * 0.1 = 5.9 times that of as many independent ones. */
    @Test
    void the_design_effect_widens_the_interval_by_its_root() {
        AccuracyInterval interval = new AccuracyInterval(50, 50);

        assertEquals(Math.sqrt(5.9), interval.halfWidth(0.1) / interval.halfWidth(0), 1e-12);
    }

    /** t of 2 degrees of freedom is 4.303, which would make 1.24 of it. */
    @Test
    void an_interval_of_few_identities_ends_where_rates_end() {
        assertEquals(0.5, new AccuracyInterval(3, 1).halfWidth(1));
    }
}
