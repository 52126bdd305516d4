package org.obverse.plugins.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.obverse.plugins.metrics.Measured.assertFails;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.obverse.testkit.Workbench;

class LinearProbeMetricTest {
    private static Workbench bench;

    @BeforeAll
    static void open() {
        bench = Workbench.of(LinearProbeMetricTest.class);
    }

    @AfterAll
    static void close() {
        bench.close();
    }

    private static Measured measured(Swatches images) throws Exception {
        return Measured.by(metric(), ColourEvidence.of(bench, images, ColourEvidence.PRIVATE));
    }

    private static LinearProbeMetric metric() {
        return new LinearProbeMetric(LinearProbeMetric.Configuration.DEFAULT, bench);
    }

    @Test
    void classes_that_the_features_separate_are_told_apart_also_where_the_model_says_something_else() throws Exception {
        // The model calls red 0 and green 1; here they are called the other way round.
        Measured renamed = measured(Swatches.none()
                .and(1, 0.8, 0, 0)
                .and(1, 0.9, 0.1, 0)
                .and(0, 0, 0.8, 0)
                .and(0, 0.1, 0.9, 0)
                .and(2, 0, 0, 0.8)
                .and(2, 0.1, 0, 0.9));

        assertEquals(1, measured(ColourEvidence.PRIVATE).figure("linear probe"));
        assertEquals(0, measured(ColourEvidence.PRIVATE).figure("linear probe minus model"));
        assertEquals(1, renamed.figure("linear probe"));
        assertEquals(2 / 3.0, renamed.figure("linear probe minus model"), 1e-12);
    }

    @Test
    void classes_with_the_same_features_are_not() throws Exception {
        Measured same = measured(Swatches.none()
                .and(0, 0.8, 0, 0)
                .and(1, 0.8, 0, 0)
                .and(2, 0, 0, 0.8)
                .and(2, 0, 0, 0.8));

        assertEquals(0.75, same.figure("linear probe"));
    }

    @Test
    void the_probe_learns_from_training_images_and_is_judged_on_test_images() throws Exception {
        Swatches test = Swatches.none()
                .and(0, 0.8, 0, 0)
                .and(1, 0.9, 0, 0)
                .and(2, 0.7, 0, 0)
                .and(2, 0, 0, 0.8);

        Measured measured = Measured.by(
                metric(),
                ColourEvidence.of(bench, ColourEvidence.PRIVATE, ColourEvidence.PRIVATE)
                        .testedOn(test));

        assertEquals(0.5, measured.figure("linear probe"));
        assertEquals(0, measured.figure("linear probe minus model"));
        assertTrue(measured.figure("linear probe's training loss") < 0.05);
    }

    @Test
    void no_images_are_a_failure() {
        assertFails(
                metric(),
                ColourEvidence.of(bench, Swatches.none(), ColourEvidence.PRIVATE),
                "training and test images");
    }
}
