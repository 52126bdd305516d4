package org.obverse.plugins.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.obverse.plugins.metrics.Measured.assertFails;

import ai.djl.ndarray.types.Shape;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.obverse.testkit.Workbench;

class FeatureGeometryMetricTest {
    private static Workbench bench;

    @BeforeAll
    static void open() {
        bench = Workbench.of(FeatureGeometryMetricTest.class);
    }

    @AfterAll
    static void close() {
        bench.close();
    }

    private static Measured measured(Swatches images) throws Exception {
        return Measured.by(new FeatureGeometryMetric(), ColourEvidence.of(bench, images, ColourEvidence.PRIVATE));
    }

    @Test
    void figures_are_means_over_training_images_and_the_table_over_those_of_a_class() throws Exception {
        Measured measured = measured(Swatches.none()
                .and(0, 0, 0, 0)
                .and(0, 0.25, 0, 0)
                .and(1, 0, 0, 0.5)
                .and(1, 0, 0, 1));

        double diagonal = Math.hypot(0.25, 1);
        double short1 = Math.hypot(0.25, 0.5);
        assertEquals((0.25 + 0.5) / 2 / diagonal, measured.figure("intra-class distance"), 1e-7);
        assertEquals((0.5 + 1 + short1 + diagonal) / 4 / diagonal, measured.figure("inter-class distance"), 1e-7);
        assertEquals((0.5 + short1 + 0.5 + 1) / 4 / diagonal, measured.figure("nearest other distance"), 1e-7);
        assertEquals((0.5 + 1 + short1 + diagonal) / 2 / (0.25 + 0.5), measured.figure("inter/intra distance"), 1e-6);
        assertEquals(0.75, measured.figure("nearest-neighbour agreement"));
        assertEquals(0.25 / diagonal, measured.entry(0, 0), 1e-7);
        assertEquals((0.5 + 1 + short1 + diagonal) / 4 / diagonal, measured.entry(1, 1), 1e-7);
    }

    @Test
    void the_picture_is_widest_where_most_values_lie() throws Exception {
        float[] pixels = measured(ColourEvidence.PRIVATE)
                .measurement()
                .pictures()
                .get(0)
                .pixels()
                .toFloatArray();

        assertEquals(3 * 320 * 420, pixels.length);
        Violins violins = new Violins(List.of(new double[] {0.5, 0.5, 0.5}, new double[] {0.1, 0.1, 0.1}));
        var picture = violins.draw(bench.manager());
        assertEquals(new Shape(3, 320, 220), picture.getShape());
        assertEquals(0x77 / 127.5 - 1, picture.getFloat(1, 157, 109), 1e-6);
        assertEquals(0x7f / 127.5 - 1, picture.getFloat(1, 285, 110), 1e-6);
        assertEquals(1, picture.getFloat(1, 285, 105), 1e-6);
    }

    @Test
    void data_in_which_nothing_lies_within_or_between_classes_is_a_failure() {
        for (Swatches one : List.of(Swatches.none().and(1, 0, 0, 0).and(1, 1, 0, 0), Swatches.none())) {
            assertFails(
                    new FeatureGeometryMetric(),
                    ColourEvidence.of(bench, one, ColourEvidence.PRIVATE),
                    "fewer than two classes");
        }
        assertFails(
                new FeatureGeometryMetric(),
                ColourEvidence.of(bench, Swatches.none().and(0, 0, 0, 0).and(1, 1, 0, 0), ColourEvidence.PRIVATE),
                "every class once");
        assertFails(
                new FeatureGeometryMetric(),
                ColourEvidence.of(
                        bench, Swatches.none().and(0, 1, 0, 0).and(0, 1, 0, 0).and(1, 1, 0, 0), ColourEvidence.PRIVATE),
                "the same for all training images");
    }
}
