package org.obverse.plugins.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.obverse.plugins.metrics.Measured.assertFails;

import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.obverse.api.metric.Measurement.Chart;
import org.obverse.api.metric.Measurement.Series;
import org.obverse.testkit.Workbench;

class TsneMetricTest {
    private static Workbench bench;

    @BeforeAll
    static void open() {
        bench = Workbench.of(TsneMetricTest.class);
    }

    @AfterAll
    static void close() {
        bench.close();
    }

    private static TsneMetric metric(int classes, int images) {
        return new TsneMetric(new TsneMetric.Configuration(classes, images, 5), bench.operators());
    }

    /** Twenty images of each class around pure red, green and blue. */
    private static ColourEvidence evidence() {
        Swatches images = Swatches.none();
        for (int i = 0; i < 60; i++) {
            double shade = 0.02 * Math.floorDiv(i, 3);
            images =
                    images.and(i % 3, i % 3 == 0 ? 0.9 : shade, i % 3 == 1 ? 0.9 : shade, i % 3 == 2 ? 0.9 : shade / 2);
        }
        return ColourEvidence.of(bench, images, ColourEvidence.PRIVATE);
    }

    @Test
    void classes_that_lie_apart_are_apart_on_the_map() throws Exception {
        Measured measured = Measured.by(metric(100, 2000), evidence());

        assertEquals(1, measured.figure("mapped neighbour agreement"));
        assertEquals(3, measured.measurement().tables().get(0).rows().size());
        Chart map = measured.measurement().charts().get(0);
        assertTrue(map.caption().contains("Trustworthiness over 5 neighbours: 1.00"), map.caption());
        assertEquals(
                List.of("class 0", "class 1", "class 2"),
                map.series().stream().map(Series::name).toList());
        for (Series one : map.series()) {
            assertEquals(20, one.x().size());
            for (Series other : map.series()) {
                assertTrue(
                        one.equals(other) || least(one, other) > least(one, one),
                        () -> one.name() + " and " + other.name() + " touch");
            }
        }
    }

    /** The least distance between a point of one class and another point. */
    private static double least(Series one, Series other) {
        double least = Double.POSITIVE_INFINITY;
        for (int i = 0; i < one.x().size(); i++) {
            for (int j = 0; j < other.x().size(); j++) {
                double distance = Math.hypot(
                        one.x().get(i) - other.x().get(j),
                        one.y().get(i) - other.y().get(j));
                least = distance > 0 ? Math.min(least, distance) : least;
            }
        }
        return least;
    }

    @Test
    void classes_and_images_beyond_the_asked_for_are_left_out() throws Exception {
        assertEquals(
                2,
                Measured.by(metric(2, 2000), evidence())
                        .measurement()
                        .tables()
                        .get(0)
                        .rows()
                        .size());
        assertEquals(
                3,
                Measured.by(metric(3, 30), evidence())
                        .measurement()
                        .tables()
                        .get(0)
                        .rows()
                        .size());
    }

    @Test
    void too_few_images_or_images_in_one_point_are_a_failure() {
        assertFails(
                metric(3, 100),
                ColourEvidence.of(bench, ColourEvidence.PRIVATE, ColourEvidence.PRIVATE),
                "9 training images are too few");
        Swatches grey = Swatches.none();
        for (int i = 0; i < 40; i++) {
            grey = grey.and(i % 3, 0, 0, 0);
        }
        assertFails(
                metric(3, 100),
                ColourEvidence.of(bench, grey, ColourEvidence.PRIVATE),
                "the same for all training images");
    }
}
