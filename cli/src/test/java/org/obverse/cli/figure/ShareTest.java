package org.obverse.cli.figure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.obverse.api.random.RandomStream;
import org.obverse.engine.random.CounterStream;

final class ShareTest {
    private static final Bootstrap BOOTSTRAP = new Bootstrap(2_000);

    /** judging.md, section 3. */
    @Test
    void a_judges_yes_is_corrected_for_its_errors() {
        assertEquals(0.25, Share.corrected(0.3, 0.9, 0.1), 1e-12);
        assertEquals(1, Share.corrected(0.9, 0.9, 0.1), 1e-12);
        assertEquals(0, Share.corrected(0.1, 0.9, 0.1), 1e-12);
    }

    @Test
    void a_judge_that_says_yes_as_often_where_that_is_wrong_has_no_figure() {
        assertTrue(Double.isNaN(Share.corrected(0.3, 0.5, 0.5)));
        assertTrue(Double.isNaN(Share.corrected(0.3, 0.4, 0.5)));
        assertTrue(Double.isNaN(Share.corrected(0.3, Double.NaN, 0.5)));
        Share share = Share.of(10, drawn -> Share.corrected(0.3, 0.4, 0.5), BOOTSTRAP);
        assertFalse(share.isDefined());
        assertFalse(share.bounds().areKnown());
    }

    @Test
    void what_lies_beyond_0_and_1_is_clipped() {
        assertEquals(
                0,
                Share.of(10, drawn -> Share.corrected(0.05, 0.9, 0.1), BOOTSTRAP)
                        .value());
        assertEquals(
                1,
                Share.of(10, drawn -> Share.corrected(0.95, 0.9, 0.1), BOOTSTRAP)
                        .value());
    }

    @Test
    void one_identity_alone_or_equal_ones_have_no_interval() {
        assertFalse(Share.of(1, drawn -> 0.5, BOOTSTRAP).bounds().areKnown());
        assertFalse(Share.of(10, drawn -> 0.5, BOOTSTRAP).bounds().areKnown());
    }

    /** Only the first of three is answered, so that (2/3)³ of the draws have no answer. */
    @Test
    void draws_that_leave_it_undefined_widen_the_interval_to_both_ends() {
        Share share = Share.of(
                3, drawn -> Arrays.stream(drawn).anyMatch(i -> i == 0) ? 0.5 : Double.NaN, new Bootstrap(10_000));

        assertEquals(0.5, share.value());
        assertEquals(8 / 27.0, share.undefined() / 10_000.0, 0.02);
        assertEquals(0, share.bounds().low());
        assertEquals(1, share.bounds().high());
    }

    /**
     * 50 people with five reconstructions and ten controls of either kind each; what the judge recognises, and where it errs, is alike within
     * a person (ICC 0.1).
     */
    @Test
    void intervals_of_corrected_shares_hold_the_truth_93_to_97_times_in_100() {
        int repetitions = 1_000;
        double tpr = 0.85;
        double fpr = 0.15;
        double truth = 0.4;
        RandomStream stream = CounterStream.of(2, "share/");
        int held = 0;
        for (int r = 0; r < repetitions; r++) {
            RandomStream own = stream.child("repetition", r);
            BetaBinomial found = new BetaBinomial(own, 5, 0.1);
            BetaBinomial controls = new BetaBinomial(own, 10, 0.1);
            double[][] people = new double[50][];
            for (int c = 0; c < people.length; c++) {
                double yes = truth * tpr + (1 - truth) * fpr;
                people[c] = new double[] {
                    found.identity(yes, yes)[0], controls.identity(tpr, tpr)[0], controls.identity(fpr, fpr)[0]
                };
            }
            Share share = Share.of(
                    people.length,
                    drawn -> Share.corrected(mean(people, 0, drawn), mean(people, 1, drawn), mean(people, 2, drawn)),
                    BOOTSTRAP);
            held += share.bounds().low() <= truth && truth <= share.bounds().high() ? 1 : 0;
        }
        assertTrue(held >= 930 && held <= 970, held + " of " + repetitions);
    }

    private static double mean(double[][] people, int column, int... drawn) {
        ToDoubleFunction<double[]> value = person -> person[column];
        return Arrays.stream(drawn)
                .mapToDouble(i -> value.applyAsDouble(people[i]))
                .average()
                .orElse(Double.NaN);
    }
}
