package org.obverse.plugins.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.obverse.plugins.metrics.Measured.assertFails;

import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.obverse.api.metric.MetricFailedException;
import org.obverse.testkit.Workbench;

class FrechetDistanceMetricTest {
    private static Workbench bench;

    @BeforeAll
    static void open() {
        bench = Workbench.of(FrechetDistanceMetricTest.class);
    }

    @AfterAll
    static void close() {
        bench.close();
    }

    @Test
    void frechet_distance_of_shifted_images_is_the_squared_shift() throws Exception {
        Swatches shifted = Swatches.none();
        for (int i = 0; i < ColourEvidence.PRIVATE.size(); i++) {
            List<Double> colour = ColourEvidence.PRIVATE.colours().get(i);
            shifted = shifted.and(
                    ColourEvidence.PRIVATE.label(i), colour.get(0) - 0.3, colour.get(1) - 0.4, colour.get(2));
        }

        assertEquals(0.3 * 0.3 + 0.4 * 0.4, distanceOf(shifted), 1e-6);
        assertEquals(0, distanceOf(ColourEvidence.PRIVATE), 1e-7);
    }

    @Test
    void frechet_distance_looks_at_attacked_classes_only() throws Exception {
        Swatches greens = ColourEvidence.PRIVATE.inOrder(3, 4, 5);

        assertEquals(0, distanceOf(greens), 1e-7);
    }

    @Test
    void one_image_has_no_frechet_distance() {
        ColourEvidence evidence =
                ColourEvidence.of(bench, ColourEvidence.PRIVATE, Swatches.none().and(0, 1, 0, 0));

        assertFails(Metrics.frechet(bench), evidence, "reconstructed images: 1");
    }

    private static double distanceOf(Swatches reconstructions) throws MetricFailedException {
        ColourEvidence evidence = ColourEvidence.of(bench, ColourEvidence.PRIVATE, reconstructions);
        return Measured.by(Metrics.frechet(bench), evidence).figure("FID(primary)");
    }
}
