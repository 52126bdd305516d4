package org.obverse.engine.gate;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

final class OwnAnswersTest {
    private static final double EXACT = 1e-12;

    /** Bins: two of confidence 0.95 and accuracy 1, one of 0.85 and 0, one of 0.65 and 1. */
    @Test
    void the_calibration_error_is_the_root_of_the_weighted_mean_square_of_the_bins() {
        OwnAnswers answers =
                OwnAnswers.of(new double[] {0.95, 0.95, 0.85, 0.65}, new boolean[] {true, true, false, true});

        assertEquals(0.75, answers.accuracy(), EXACT);
        assertEquals(
                Math.sqrt(0.5 * 0.05 * 0.05 + 0.25 * 0.85 * 0.85 + 0.25 * 0.35 * 0.35),
                answers.calibrationError(),
                EXACT);
    }

    @Test
    void full_confidence_counts_in_the_last_bin() {
        OwnAnswers answers = OwnAnswers.of(new double[] {1, 0.9}, new boolean[] {true, false});

        assertEquals(0.45, answers.calibrationError(), EXACT);
    }
}
