package org.obverse.plugins.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.obverse.plugins.metrics.FeatureDistanceMetric.Distance;
import org.obverse.testkit.Workbench;

class FeatureDistanceMetricTest {
    private static Workbench bench;

    @BeforeAll
    static void open() {
        bench = Workbench.of(FeatureDistanceMetricTest.class);
    }

    @AfterAll
    static void close() {
        bench.close();
    }

    @Test
    void feature_distance_is_the_mean_over_images_of_the_squared_distance_to_the_nearest() throws Exception {
        Swatches reconstructions =
                Swatches.none().and(0, 0.8, 0.2, 0).and(0, 0.9, 0.1, 0.1).and(2, 0, 0, 0.8);
        ColourEvidence evidence = ColourEvidence.of(bench, ColourEvidence.PRIVATE, reconstructions);

        Measured squared = Measured.by(Metrics.distance(Distance.SQUARED), evidence);
        Measured euclidean = Measured.by(Metrics.distance(Distance.EUCLIDEAN), evidence);

        assertEquals((0.02 + 0.01 + 0) / 3, squared.figure("δ_eval(primary)"), 1e-7);
        assertEquals((Math.sqrt(0.02) + 0.1 + 0) / 3, euclidean.figure("euclidean δ_eval(primary)"), 1e-7);
        assertEquals((0.02 + 0.01) / 2, squared.entry(0, 0), 1e-7);
        assertEquals(0, squared.entry(1, 0));
    }

    @Test
    void feature_distance_compares_the_activation_that_it_names_whatever_its_axes_and_its_figure_says_so()
            throws Exception {
        ColourEvidence evidence =
                ColourEvidence.of(bench, ColourEvidence.PRIVATE, Swatches.none().and(0, 0.8, 0.2, 0));

        Measured measured = Measured.by(Metrics.distance(Distance.SQUARED, ColourClassifier.IMAGE), evidence);

        long pixels = ColourEvidence.JUDGED.get(1) * ColourEvidence.JUDGED.get(2);
        assertEquals(pixels * 0.02, measured.figure("image δ_eval(primary)"), 1e-6);
    }

    @Test
    void feature_distance_ignores_nearer_images_of_other_classes() throws Exception {
        ColourEvidence evidence =
                ColourEvidence.of(bench, ColourEvidence.PRIVATE, Swatches.none().and(1, 0.8, 0, 0));

        double nearestGreen = 0.8 * 0.8 + 0.7 * 0.7 + 0.1 * 0.1;
        Measured measured = Measured.by(Metrics.distance(Distance.SQUARED), evidence);

        assertEquals(nearestGreen, measured.figure("δ_eval(primary)"), 1e-6);
    }
}
