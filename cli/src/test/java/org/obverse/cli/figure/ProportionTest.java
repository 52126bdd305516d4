package org.obverse.cli.figure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.obverse.api.random.RandomStream;
import org.obverse.engine.random.CounterStream;

final class ProportionTest {
    private static final int REPETITIONS = 4_000;

    /** judging.md, section 3; 0 of n has the closed form 1 − (α/2)^(1/n). */
    @Test
    void the_exact_interval_has_the_values_of_the_tables() {
        Bounds none = new Proportion(0, 10).bounds();
        Bounds half = new Proportion(5, 10).bounds();
        Bounds all = new Proportion(10, 10).bounds();

        assertEquals(0, none.low(), 1e-12);
        assertEquals(0.3085, none.high(), 5e-5);
        assertEquals(1 - Math.pow(0.025, 0.1), none.high(), 1e-9);
        assertEquals(0.1871, half.low(), 5e-5);
        assertEquals(0.8129, half.high(), 5e-5);
        assertEquals(Math.pow(0.025, 0.1), all.low(), 1e-9);
        assertEquals(1, all.high(), 1e-12);
    }

    @Test
    void it_holds_the_true_share_at_least_95_times_in_100_whatever_that_is() {
        for (double truth : new double[] {0.02, 0.1, 0.3, 0.5, 0.9, 0.99}) {
            RandomStream stream = CounterStream.of(1, "proportion/").child("truth", Math.round(truth * 100));
            int held = 0;
            for (int r = 0; r < REPETITIONS; r++) {
                int successes = 0;
                for (int i = 0; i < 20; i++) {
                    successes += stream.uniform() < truth ? 1 : 0;
                }
                Bounds bounds = new Proportion(successes, 20).bounds();
                held += bounds.low() <= truth && truth <= bounds.high() ? 1 : 0;
            }
            // Three standard errors of the simulation.
            assertTrue(held >= (0.95 - 3 * Math.sqrt(0.95 * 0.05 / REPETITIONS)) * REPETITIONS, truth + ": " + held);
        }
    }

    @Test
    void nothing_tried_is_no_share() {
        assertTrue(Double.isNaN(new Proportion(0, 0).share()));
        assertFalse(new Proportion(0, 0).bounds().areKnown());
    }
}
