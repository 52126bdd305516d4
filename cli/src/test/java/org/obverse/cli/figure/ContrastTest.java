package org.obverse.cli.figure;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import org.junit.jupiter.api.Test;
import org.obverse.cli.figure.Contrast.Pairing;

final class ContrastTest {
    private static final double[][] NONE = {{0, 0}, {0, 0}};
    private static final double[][] CROSSED = {{1, 3}, {2, 8}};

    /**
     * By hand: the seeds' means 2 and 5 have a variance of 4.5, the identities' 1.5 and 5.5 one of 8, what is left (1, −1, −1, 1) one of
     * 4; so 8/2 of the identities, and 4.5/2 − 4/4 of the seeds.
     */
    @Test
    void the_error_over_seeds_and_identities_counts_their_interaction_once() {
        Contrast.Precision precision =
                Contrast.of(NONE, CROSSED, Pairing.SAME_SEEDS).precision();

        assertEquals(4, precision.parts().get(0).variance(), 1e-12);
        assertEquals(1.25, precision.parts().get(1).variance(), 1e-12);
        assertEquals(5.25, precision.error() * precision.error(), 1e-12);
    }

    /** Without interaction: 18/2 of two seeds, 9/3 of three identities; 12.7062 and 4.30265 are Student's quantiles. */
    @Test
    void each_variance_is_multiplied_by_the_quantile_of_its_own_degrees_of_freedom() {
        double[][] values = {{0, 3, 6}, {6, 9, 12}};
        Contrast.Precision precision =
                Contrast.of(new double[2][3], values, Pairing.SAME_SEEDS).precision();

        double squares = 9 * Math.pow(12.706204736174705, 2) + 3 * Math.pow(4.302652729749464, 2);
        assertEquals(Math.sqrt(squares / 12), precision.errors(0.025), 1e-8);
    }

    /** All 16 ways to draw two seeds and two identities with replacement. */
    @Test
    void the_deviation_of_drawing_again_is_that_of_all_draws_in_which_an_identity_is_the_same_under_every_seed() {
        double squares = 0;
        for (int draw = 0; draw < 16; draw++) {
            double[] first = CROSSED[draw & 1];
            double[] second = CROSSED[draw >> 1 & 1];
            int one = draw >> 2 & 1;
            int two = draw >> 3 & 1;
            squares += Math.pow((first[one] + first[two] + second[one] + second[two]) / 4 - 3.5, 2) / 16;
        }

        assertEquals(
                Math.sqrt(squares),
                Contrast.of(NONE, CROSSED, Pairing.SAME_SEEDS).precision().drawn(),
                1e-12);
    }

    @Test
    void seeds_that_make_no_difference_leave_the_error_of_the_identities() {
        double[][] same = {{1, 3, 8}, {1, 3, 8}};
        Contrast.Precision precision =
                Contrast.of(new double[2][3], same, Pairing.SAME_SEEDS).precision();

        assertEquals(13 / 3.0, precision.error() * precision.error(), 1e-12);
        assertEquals(4.302652729749464, precision.errors(0.025), 1e-8);
    }

    @Test
    void a_single_seed_on_one_side_leaves_the_means_over_those_of_the_other() {
        Contrast contrast = Contrast.of(new double[][] {{1, 1}}, CROSSED, Pairing.OWN_SEEDS);

        assertFalse(contrast.isOverSeeds());
        assertArrayEquals(new double[] {0.5, 4.5}, contrast.effects(), 1e-12);
    }

    /** The variance of a difference is the sum, and equal seeds would have hidden what both share. */
    @Test
    void seeds_of_their_own_add_what_they_vary_on_each_side() {
        double[][] shifted = {{0, 0, 0}, {2, 2, 2}};

        assertEquals(
                0, Contrast.of(shifted, shifted, Pairing.SAME_SEEDS).precision().error(), 1e-12);
        assertEquals(
                Math.sqrt(2),
                Contrast.of(shifted, shifted, Pairing.OWN_SEEDS).precision().error(),
                1e-12);
    }
}
