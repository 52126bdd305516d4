package org.obverse.plugins.losses;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.obverse.api.defense.DataTransform.Batch;
import org.obverse.api.defense.Epoch;
import org.obverse.testkit.Workbench;

class DisturbedLabelsTest {
    private static final Workbench BENCH = Workbench.of(DisturbedLabelsTest.class);
    private static final int CLASSES = 10;
    private static final int LABEL = 3;
    private static final int DRAWS = 10_000;

    @AfterAll
    static void close() {
        BENCH.close();
    }

    @Test
    void of_ten_classes_a_share_of_two_tenths_leaves_82_of_100_labels_and_gives_2_to_each_other_class() {
        NDArray targets = disturbed(0.2, hard());
        for (int k = 0; k < CLASSES; k++) {
            double smoothed = k == LABEL ? 0.82 : 0.02;
            double drawn = targets.get(":, " + k).mean().getFloat();
            assertEquals(smoothed, drawn, 3 * Math.sqrt(smoothed * (1 - smoothed) / DRAWS), "class " + k);
        }
    }

    @Test
    void each_label_is_one_class() {
        float[] targets = disturbed(0.7, hard()).toFloatArray();
        int ones = 0;
        for (float target : targets) {
            assertTrue(target == 0 || target == 1);
            ones += (int) target;
        }

        assertEquals(DRAWS, ones);
    }

    @Test
    void a_soft_label_stays_as_soft() {
        NDArray smoothed = hard().mul(1.05).sub(0.05 / CLASSES);
        NDArray disturbed = disturbed(0.5, smoothed);
        float[] before = smoothed.get(0).toFloatArray();
        float[] after = disturbed.get(0).toFloatArray();
        Arrays.sort(before);
        Arrays.sort(after);

        assertEquals(Arrays.toString(before), Arrays.toString(after));
        assertTrue(disturbed.argMax(1).neq(LABEL).any().getBoolean(), "some are disturbed");
    }

    @Test
    void a_share_of_0_gives_back_the_batch() {
        Batch batch = new Batch(hard(), hard());

        assertSame(batch, new DisturbedLabels(0).transform(batch, new Epoch(0, 1), BENCH.stream(1)));
    }

    @Test
    void pictures_are_not_touched() {
        Batch batch = new Batch(hard(), hard());

        assertSame(
                batch.images(),
                new DisturbedLabels(1)
                        .transform(batch, new Epoch(0, 1), BENCH.stream(1))
                        .images());
    }

    private static NDArray disturbed(double share, NDArray targets) {
        return new DisturbedLabels(share)
                .transform(new Batch(targets, targets), new Epoch(0, 1), BENCH.stream(4))
                .targets();
    }

    private static NDArray hard() {
        return BENCH.manager().full(new Shape(DRAWS), LABEL).oneHot(CLASSES);
    }
}
