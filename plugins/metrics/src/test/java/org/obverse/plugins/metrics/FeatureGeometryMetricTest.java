package org.obverse.plugins.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.obverse.plugins.metrics.Measured.assertFails;

import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.obverse.api.metric.Measurement.Chart;
import org.obverse.api.metric.Measurement.Mark;
import org.obverse.api.metric.Measurement.Series;
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
    void the_chart_has_a_distribution_of_each_distance_with_a_value_per_image() throws Exception {
        Swatches images = Swatches.none()
                .and(0, 0, 0, 0)
                .and(0, 0.25, 0, 0)
                .and(1, 0, 0, 0.5)
                .and(1, 0, 0, 1);
        Chart chart = measured(images).measurement().charts().get(0);

        assertEquals(Mark.DISTRIBUTION, chart.mark());
        assertEquals(
                List.of("intra-class", "inter-class", "nearest own", "nearest other"),
                chart.series().stream().map(Series::name).toList());
        double diagonal = Math.hypot(0.25, 1);
        List<Double> own = chart.series().get(0).y();
        assertEquals(4, own.size());
        assertEquals(0.25 / diagonal, own.get(0), 1e-7);
        assertEquals(0.5 / diagonal, own.get(3), 1e-7);
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
