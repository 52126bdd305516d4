package org.obverse.plugins.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class AgreementTest {
    private static final boolean[] TWO = {true, true, false, false};
    private static final boolean[] ONE = {true, false, false, false};

    @Test
    void kappa_is_agreement_beyond_chance() {
        Agreement agreement = new Agreement(List.of(TWO, ONE));

        assertEquals(0.5, agreement.kappa(0, 1), 1e-12);
        assertEquals(0.5, agreement.kappa(1, 0), 1e-12);
        assertEquals(1, agreement.kappa(0, 0));
    }

    @Test
    void judges_who_are_right_of_the_others_images_disagree_as_far_as_can_be() {
        boolean[] others = {false, false, true, true};

        assertEquals(-1, new Agreement(List.of(TWO, others)).kappa(0, 1));
    }

    @Test
    void judges_who_are_always_right_or_always_wrong_have_no_kappa() {
        boolean[] always = {true, true};
        boolean[] never = {false, false};

        assertTrue(Double.isNaN(new Agreement(List.of(always, always)).kappa(0, 1)));
        assertTrue(Double.isNaN(new Agreement(List.of(never, never)).kappa(0, 1)));
        assertEquals(0, new Agreement(List.of(always, never)).kappa(0, 1));
    }

    @Test
    void the_share_that_so_many_recognise_falls_with_their_number() {
        Agreement agreement = new Agreement(List.of(TWO, ONE, new boolean[] {true, false, false, true}));

        assertEquals(3.0 / 4, agreement.recognisedBy(1));
        assertEquals(1.0 / 4, agreement.recognisedBy(2));
        assertEquals(1.0 / 4, agreement.recognisedBy(3));
        assertEquals(
                List.of(0.5, 0.25, 0.5), List.of(agreement.accuracy(0), agreement.accuracy(1), agreement.accuracy(2)));
        assertEquals(0.5, agreement.of(0, 2).recognisedBy(3));
    }
}
