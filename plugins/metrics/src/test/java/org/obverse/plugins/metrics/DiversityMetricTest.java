package org.obverse.plugins.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.obverse.plugins.metrics.Measured.assertFails;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.obverse.testkit.Workbench;

class DiversityMetricTest {
    private static Workbench bench;

    @BeforeAll
    static void open() {
        bench = Workbench.of(DiversityMetricTest.class);
    }

    @AfterAll
    static void close() {
        bench.close();
    }

    @Test
    void reconstructions_are_as_diverse_as_the_training_images_that_they_equal_and_not_at_all_if_they_are_one()
            throws Exception {
        Swatches oneOfClassOne = ColourEvidence.PRIVATE.inOrder(0, 1, 2, 3, 3, 3);

        Measured measured =
                Measured.by(Metrics.diversity(), ColourEvidence.of(bench, ColourEvidence.PRIVATE, oneOfClassOne));

        assertEquals(1, measured.entry(0, 0), 1e-6);
        assertEquals(0, measured.entry(1, 0), 1e-6);
        assertEquals(0.5, measured.figure("diversity(primary)"), 1e-6);
    }

    /** Training images of red: 0.8 0 0, 0.9 0.1 0 and 0.7 0 0.1, of which two are √0.02, √0.02 and √0.06 apart. */
    @Test
    void diversity_is_the_mean_distance_of_two_reconstructions_over_that_of_two_training_images() throws Exception {
        Swatches reconstructions = Swatches.none().and(0, 0.8, 0, 0).and(0, 0.8, 0.3, 0);

        Measured measured =
                Measured.by(Metrics.diversity(), ColourEvidence.of(bench, ColourEvidence.PRIVATE, reconstructions));

        double real = (2 * Math.sqrt(0.02) + Math.sqrt(0.06)) / 3;
        assertEquals(0.3 / real, measured.figure("diversity(primary)"), 1e-6);
    }

    @Test
    void classes_of_one_reconstruction_are_left_out_and_counted() throws Exception {
        Measured measured = Measured.by(
                Metrics.diversity(),
                ColourEvidence.of(bench, ColourEvidence.PRIVATE, ColourEvidence.PRIVATE.inOrder(0, 1, 4)));

        assertEquals(1, measured.figure("diversity skipped classes(primary)"));
        assertTrue(Double.isNaN(measured.entry(1, 0)));
        assertFails(
                Metrics.diversity(),
                ColourEvidence.of(bench, ColourEvidence.PRIVATE, ColourEvidence.PRIVATE.inOrder(0, 4)),
                "none of the 2 attacked classes has two");
    }
}
