package org.obverse.inversion;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.obverse.testkit.Workbench;

class ConfidenceTest {
    private static final Workbench BENCH = Workbench.of(ConfidenceTest.class);

    @AfterAll
    static void close() {
        BENCH.close();
    }

    @Test
    void certain_targets_still_differ() {
        NDArray logits = BENCH.manager().create(new float[] {20, 0, 25, 0, 0, 700}, new Shape(3, 2));

        double[] logs = Confidence.logOf(logits, 0, 0, 0);

        assertArrayEquals(new double[] {-Math.log1p(Math.exp(-20)), -Math.log1p(Math.exp(-25)), -700}, logs, 1e-15);
    }

    @Test
    void the_mean_of_probabilities_is_taken_in_log_space() {
        assertEquals(Math.log(0.3), Confidence.logMean(Math.log(0.2), Math.log(0.4)), 1e-15);
        assertEquals(-1000 + Math.log(0.5), Confidence.logMean(-1000, -2000), 1e-12);
        assertEquals(-1e-20, Confidence.logMean(-1e-20, -1e-20), 1e-22);
        assertEquals(Double.NEGATIVE_INFINITY, Confidence.logMean(Double.NEGATIVE_INFINITY, Double.NEGATIVE_INFINITY));
    }

    @Test
    void each_sample_answers_for_its_own_class() {
        NDArray logScores = BENCH.manager().create(new double[] {1, 2, 3, 4, 5, 6}, new Shape(2, 3));

        assertArrayEquals(new double[] {3, 4}, Confidence.pick(logScores, 2, 0));
    }
}
