package org.obverse.plugins.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.obverse.plugins.metrics.Measured.assertFails;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.obverse.testkit.Workbench;

class PrdcMetricTest {
    private static Workbench bench;

    @BeforeAll
    static void open() {
        bench = Workbench.of(PrdcMetricTest.class);
    }

    @AfterAll
    static void close() {
        bench.close();
    }

    @Test
    void reconstructions_equal_to_the_training_images_are_precise_and_cover_them() throws Exception {
        Measured measured = Measured.by(
                Metrics.prdc(2, Prdc.Definition.USUAL),
                ColourEvidence.of(bench, ColourEvidence.PRIVATE, ColourEvidence.PRIVATE));

        assertEquals(1, measured.figure("precision(primary)"));
        assertEquals(1, measured.figure("recall(primary)"));
        assertEquals(3.0 / 2, measured.figure("density(primary)"));
        assertEquals(1, measured.figure("coverage(primary)"));
        assertEquals(0, measured.figure("PRDC skipped classes(primary)"));
    }

    @Test
    void classes_with_too_few_images_are_left_out_and_counted() throws Exception {
        Swatches reconstructions = ColourEvidence.PRIVATE.inOrder(0, 1, 2, 3, 4, 6);
        ColourEvidence evidence = ColourEvidence.of(bench, ColourEvidence.PRIVATE, reconstructions);

        Measured measured = Measured.by(Metrics.prdc(2, Prdc.Definition.REFERENCE), evidence);

        assertEquals(1, measured.figure("reference precision(primary)"));
        assertEquals(2, measured.figure("reference PRDC skipped classes(primary)"));
        assertEquals(1, measured.entry(0, 0));
        assertTrue(Double.isNaN(measured.entry(1, 0)));
        assertTrue(Double.isNaN(measured.entry(2, 0)));
    }

    @Test
    void precision_fails_when_no_class_has_enough_images() {
        assertFails(
                Metrics.prdc(3, Prdc.Definition.USUAL),
                ColourEvidence.of(bench, ColourEvidence.PRIVATE, ColourEvidence.PRIVATE),
                "lower k");
    }
}
