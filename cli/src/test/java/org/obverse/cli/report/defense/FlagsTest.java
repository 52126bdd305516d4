package org.obverse.cli.report.defense;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.obverse.api.attack.Preparer;

/** What speaks against the figures of a target. */
final class FlagsTest {
    private static List<String> names(StudyOfTargets study) {
        return study.account().flags().stream().map(Flag::name).toList();
    }

    private static String only(StudyOfTargets study) {
        List<Flag> flags = study.account().flags();
        assertEquals(1, flags.size(), flags::toString);
        return flags.get(0).text();
    }

    @Test
    void a_target_whose_figures_are_in_order_has_no_flag() {
        assertEquals(
                List.of(),
                names(StudyOfTargets.of("white", "labels", "adapted")
                        .finds("white", 0.6)
                        .finds("labels", 0.5)
                        .curve("white", 9.95, 9.93)
                        .unit("white", "select/0", "tied", 0.05)
                        .geometry("margin", 16.6)
                        .geometry("vanished cross-entropy (image)", 0.09)
                        .geometry("poincare after a step (image)", 0.85)));
    }

    @Test
    void less_access_that_finds_more_than_gradients_beyond_chance_is_flagged() {
        String flag = only(StudyOfTargets.of("white", "labels", "adapted")
                .finds("white", 0.3)
                .finds("labels", 0.6)
                .finds("adapted", 0.9));

        assertTrue(flag.startsWith("less access finds more (attack labels, label-only: 59.2 % ["), flag);
        assertTrue(flag.contains("attack white, white-box: 29.2 % ["), flag);
    }

    @Test
    void a_difference_that_may_be_chance_is_not() {
        double[] white = {1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0};
        double[] labels = {0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 1, 1};
        assertEquals(
                List.of(),
                names(StudyOfTargets.of("white", "labels").finds("white", white).finds("labels", labels)));
    }

    @Test
    void surrogates_that_do_not_agree_with_the_target_are_flagged_and_those_that_do_are_not() {
        Preparer.Figure good = new Preparer.Figure("agreement of surrogate-0", 0.3, "fraction", 0.3);
        Preparer.Figure bad = new Preparer.Figure("agreement of surrogate-1", 0.29, "fraction", 0.3);

        assertEquals(List.of(), names(StudyOfTargets.of("helped").prepares("helped", good)));
        assertEquals(
                "what was prepared is of little use (attack helped: agreement of surrogate-1 0.29, wanted 0.30): where the attack"
                        + " searches with these networks, they do not know the target, and its failure is theirs.",
                only(StudyOfTargets.of("helped").prepares("helped", good, bad)));
    }

    @Test
    void a_loss_that_ends_no_lower_than_it_began_has_not_fallen() {
        assertEquals(
                "the loss does not fall (attack white: from 8.00 to 8.01 in 50 steps): the search has not searched: take"
                        + " more or larger steps, or another loss, before its figure is read.",
                only(StudyOfTargets.of("white").curve("white", 8, 8.01)));
        assertEquals(
                List.of("the loss does not fall"),
                names(StudyOfTargets.of("white").curve("white", -2, -1)));
        assertEquals(List.of(), names(StudyOfTargets.of("white").curve("white", -1, -2)));
    }

    @Test
    void gradients_that_vanish_or_turn_are_told_with_the_figures_that_show_it() {
        assertTrue(only(StudyOfTargets.of("white").geometry("vanished cross-entropy (image)", 0.72))
                .startsWith("gradients vanish (vanished cross-entropy (image) 0.72): "));
        assertTrue(only(StudyOfTargets.of("white").geometry("cross-entropy after a step (image)", 0.3))
                .startsWith("gradients turn (cross-entropy after a step (image) 0.30): "));
    }

    @Test
    void steps_that_all_have_a_gradient_are_not_taken_for_steps_that_turn() {
        assertEquals(List.of(), names(StudyOfTargets.of("white").geometry("steps without gradient similarity", 0)));
    }

    @Test
    void ties_in_the_ranking_are_told_of_the_stage_that_ranks() {
        assertTrue(only(StudyOfTargets.of("white").unit("white", "sample/0", "tied", 0.8))
                .startsWith("ties in the ranking (attack white: 80.0 % of what sample ranks): "));
    }

    @Test
    void a_median_margin_of_24_bits_saturates_probabilities_in_float32() {
        assertEquals(1f, 1f + (float) Math.exp(-Flags.SATURATED - 1e-3));
        assertTrue(1f + (float) Math.exp(-Flags.SATURATED + 1e-3) > 1f);
        assertEquals(16.64, Flags.SATURATED, 0.005);
        assertTrue(only(StudyOfTargets.of("white").geometry("margin", 29.6))
                .startsWith("probabilities saturate (margin 29.60): "));
    }
}
