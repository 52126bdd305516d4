package org.obverse.cli.figure;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import org.junit.jupiter.api.Test;

final class HolmTest {
    /** By hand: 0.005·4, 0.01·3, 0.03·2, and 0.04·1, which may not be below the one before it. */
    @Test
    void each_p_value_is_multiplied_by_how_many_are_not_rejected_before_it() {
        assertArrayEquals(new double[] {0.03, 0.06, 0.06, 0.02}, Holm.adjusted(0.01, 0.04, 0.03, 0.005), 1e-15);
    }

    @Test
    void nothing_is_more_than_certain_and_one_test_needs_no_correction() {
        assertArrayEquals(new double[] {1, 1, 1}, Holm.adjusted(0.9, 0.5, 0.6), 1e-15);
        assertArrayEquals(new double[] {0.04}, Holm.adjusted(0.04), 1e-15);
    }
}
