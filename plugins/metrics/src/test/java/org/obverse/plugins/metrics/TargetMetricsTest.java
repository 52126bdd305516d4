package org.obverse.plugins.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.obverse.plugins.metrics.Measured.assertFails;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.obverse.testkit.Workbench;

class TargetMetricsTest {
    private static Workbench bench;

    @BeforeAll
    static void open() {
        bench = Workbench.of(TargetMetricsTest.class);
    }

    @AfterAll
    static void close() {
        bench.close();
    }

    @Test
    void test_accuracy_and_calibration_are_those_of_the_attacked_model() throws Exception {
        Swatches oneInFourMislabelled =
                Swatches.none().and(0, 1, 0, 0).and(1, 0, 1, 0).and(2, 0, 0, 1).and(0, 0, 0, 1);
        ColourEvidence evidence = ColourEvidence.of(bench, oneInFourMislabelled, ColourEvidence.PRIVATE);
        CalibrationErrorMetric calibration = new CalibrationErrorMetric(CalibrationErrorMetric.Configuration.DEFAULT);
        CalibrationErrorMetric other = new CalibrationErrorMetric(
                new CalibrationErrorMetric.Configuration(15, Calibration.Norm.L1, Calibration.Binning.REFERENCE));

        assertEquals(0.75, Measured.by(new TestAccuracyMetric(), evidence).figure("test accuracy"));
        assertEquals(0.5, Measured.by(new TestAccuracyMetric(), evidence).entry(0, 0));
        assertEquals(0.25, Measured.by(calibration, evidence).figure("ECE"), 1e-12);
        assertEquals(0.25, Measured.by(other, evidence).figure("reference 15-bin l1 ECE"), 1e-12);
    }

    @Test
    void a_test_part_without_images_is_a_failure() {
        ColourEvidence evidence = ColourEvidence.of(bench, Swatches.none(), ColourEvidence.PRIVATE);

        assertFails(new TestAccuracyMetric(), evidence, "its test part is empty");
        assertFails(
                new CalibrationErrorMetric(CalibrationErrorMetric.Configuration.DEFAULT),
                evidence,
                "its test part is empty");
    }
}
