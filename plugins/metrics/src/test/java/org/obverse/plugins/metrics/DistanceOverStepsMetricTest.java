package org.obverse.plugins.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.obverse.plugins.metrics.Measured.assertFails;

import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.obverse.api.metric.Measurement.Series;
import org.obverse.testkit.Workbench;

class DistanceOverStepsMetricTest {
    private static Workbench bench;

    @BeforeAll
    static void open() {
        bench = Workbench.of(DistanceOverStepsMetricTest.class);
    }

    @AfterAll
    static void close() {
        bench.close();
    }

    @Test
    void each_snapshot_has_its_mean_and_quartiles_of_the_distance_to_the_nearest_of_its_class() throws Exception {
        Swatches end = Swatches.none().and(0, 0.5, 0, 0).and(0, 0.6, 0, 0).and(2, 0, 0, 0.3);
        ColourEvidence evidence = ColourEvidence.of(bench, ColourEvidence.PRIVATE, end)
                .withSnapshot(
                        0, Swatches.none().and(0, 0, 0, 0).and(0, 0.4, 0, 0).and(2, 0, 0, 0))
                .withSnapshot(
                        5, Swatches.none().and(0, 0.8, 0, 0).and(0, 0.8, 0, 0).and(2, 0, 0, 0.7))
                .withSnapshot(10, end);

        Measured measured =
                Measured.by(new DistanceOverStepsMetric(FeatureDistanceMetric.Configuration.DEFAULT), evidence);

        assertEquals((0.5 + 0.1 + 0.5) / 3, measured.figure("start δ_eval(primary)"), 1e-6);
        assertEquals(0.01 / 3, measured.figure("nearest δ_eval(primary)"), 1e-6);
        assertEquals((0.05 + 0.02 + 0.17) / 3, measured.figure("end δ_eval(primary)"), 1e-6);
        assertEquals((0.5 + 0.1) / 2, measured.entry(0, 0), 1e-6);
        Series series = measured.measurement().charts().get(0).series().get(0);
        assertEquals(List.of(0.0, 5.0, 10.0), series.x());
        assertEquals((0.1 + 0.5) / 2, series.low().get(0), 1e-6);
        assertEquals(0.5, series.high().get(0), 1e-6);
    }

    @Test
    void candidates_of_whose_way_nothing_was_kept_are_told_how_to_keep_it() {
        assertFails(
                new DistanceOverStepsMetric(FeatureDistanceMetric.Configuration.DEFAULT),
                ColourEvidence.of(bench, ColourEvidence.PRIVATE, ColourEvidence.PRIVATE),
                "latent-adam: snapshots: 10");
    }
}
