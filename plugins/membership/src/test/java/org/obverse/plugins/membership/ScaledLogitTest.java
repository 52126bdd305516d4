package org.obverse.plugins.membership;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import ai.djl.ndarray.NDArray;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.obverse.testkit.Workbench;

class ScaledLogitTest {
    private static final Workbench BENCH = Workbench.of(ScaledLogitTest.class);

    @AfterAll
    static void close() {
        BENCH.close();
    }

    @Test
    void it_is_the_logarithm_of_the_odds_and_does_not_saturate() {
        NDArray logits = BENCH.manager().create(new float[][] {
            {(float) Math.log(0.9), (float) Math.log(0.06), (float) Math.log(0.04)}, {100, 0, 0}, {0, 200, 0}
        });
        NDArray labels = BENCH.manager().create(new long[] {0, 0, 2});

        double[] found = ScaledLogit.of(logits, labels, BENCH.operators()).toDoubleArray();

        assertArrayEquals(new double[] {2.1972245773, 100 - Math.log(2), -200}, found, 1e-6);
    }
}
