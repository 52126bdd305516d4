package org.obverse.cli.figure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NormalisedTest {
    /** {@code (Acc − null) / (ceiling − null)}. */
    @ParameterizedTest
    @CsvSource({"0.9, 0.2, 1, 0.875", "0.2, 0.2, 0.95, 0", "0.95, 0.2, 0.95, 1", "0.1, 0.2, 0.6, -0.25"})
    void it_is_the_share_of_what_the_null_leaves_below_the_ceiling(
            double rate, double nothing, double ceiling, double expected) {
        Normalised share = Normalised.of(rate, nothing, ceiling);

        assertEquals(expected, share.value(), 1e-12);
        assertEquals("", share.reason());
    }

    @Test
    void a_ceiling_that_is_not_above_the_null_leaves_no_share() {
        Normalised share = Normalised.of(0.5, 0.3, 0.3);

        assertTrue(Double.isNaN(share.value()));
        assertEquals("the ceiling 'real' is not above the null 'best-of-n'", share.reason());
    }
}
