package org.obverse.plugins.membership;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Worked numbers of spec/membership.md, section 2. */
class SignalTest {
    private static double of(Signal signal, int label, double... probabilities) {
        return signal.of(Arrays.stream(probabilities).map(Math::log).toArray(), label);
    }

    @Test
    void the_modified_entropy_is_that_of_the_page() {
        assertEquals(-0.1621672450, of(Signal.MODIFIED_ENTROPY, 0, 0.7, 0.2, 0.1), 1e-10);
    }

    @Test
    void the_scaled_logit_of_nine_tenths_is_that_of_the_page() {
        assertEquals(2.1972245773, of(Signal.SCALED_LOGIT, 0, 0.9, 0.1), 1e-10);
        assertEquals(2.1972245773, of(Signal.SCALED_LOGIT, 1, 0.04, 0.9, 0.06), 1e-10);
    }

    @Test
    void loss_margin_and_entropy_are_larger_for_a_member() {
        assertEquals(Math.log(0.7), of(Signal.LOSS, 0, 0.7, 0.2, 0.1), 1e-12);
        assertEquals(Math.log(0.7 / 0.2), of(Signal.MARGIN, 0, 0.7, 0.2, 0.1), 1e-12);
        assertEquals(
                0.7 * Math.log(0.7) + 0.2 * Math.log(0.2) + 0.1 * Math.log(0.1),
                of(Signal.ENTROPY, 0, 0.7, 0.2, 0.1),
                1e-12);
    }

    @Test
    void where_the_probability_is_one_to_the_last_bit_scaled_logit_and_margin_still_differ() {
        double[] sure = {0, -60, -61};
        double[] surer = {0, -80, -81};

        assertTrue(Signal.SCALED_LOGIT.of(surer, 0) > Signal.SCALED_LOGIT.of(sure, 0));
        assertEquals(80, Signal.MARGIN.of(surer, 0));
        assertEquals(0, Signal.LOSS.of(surer, 0));
    }

    @ParameterizedTest
    @EnumSource(Signal.class)
    void a_confident_mistake_has_a_number_and_is_no_member(Signal signal) {
        double[] mistaken = {-800, 0, -800};
        double[] right = {0, -800, -800};

        double found = signal.of(mistaken, 0);

        assertTrue(Double.isFinite(found), signal + " is " + found);
        assertTrue(signal == Signal.ENTROPY || found < signal.of(right, 0) - 1, signal + " is " + found);
    }
}
