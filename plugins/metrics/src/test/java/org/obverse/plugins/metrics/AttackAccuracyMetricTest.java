package org.obverse.plugins.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.obverse.api.metric.Measurement;
import org.obverse.testkit.Workbench;

class AttackAccuracyMetricTest {
    private static Workbench bench;

    @BeforeAll
    static void open() {
        bench = Workbench.of(AttackAccuracyMetricTest.class);
    }

    @AfterAll
    static void close() {
        bench.close();
    }

    @Test
    void attack_accuracy_counts_and_weighs_what_the_judge_sees() throws Exception {
        Swatches reconstructions =
                Swatches.none().and(0, 0.5, 0, 0).and(1, 0.5, 0, 0).and(2, 0, 0, 1);
        double hit = Math.exp(0.5) / (Math.exp(0.5) + 2);
        double miss = 1 / (Math.exp(0.5) + 2);
        double blue = Math.exp(1) / (Math.exp(1) + 2);

        Measured measured =
                Measured.by(Metrics.accuracy(""), ColourEvidence.of(bench, ColourEvidence.PRIVATE, reconstructions));

        assertEquals(2.0 / 3, measured.figure("Acc@1(primary)"));
        assertEquals(1, measured.figure("Acc@5(primary)"));
        assertEquals((hit + miss + blue) / 3, measured.figure("confidence(primary)"), 1e-7);
        assertEquals((hit + blue) / 2, measured.figure("correct confidence(primary)"), 1e-7);
    }

    @Test
    void attack_accuracy_asks_the_judge_that_the_plan_names() throws Exception {
        Swatches reconstructions =
                Swatches.none().and(1, 0, 1, 0).and(1, 1, 0, 0).and(1, 0, 0, 1).and(1, 0.9, 0, 0);

        Measured measured = Measured.by(
                Metrics.accuracy("sharp"),
                ColourEvidence.of(bench, ColourEvidence.PRIVATE, reconstructions)
                        .judgedSharply(bench));

        assertEquals(1.0 / 4, measured.figure("Acc@1(sharp)"));
        assertEquals(1, measured.figure("correct confidence(sharp)"), 1e-12);
        assertEquals(1.0 / 4, measured.figure("confidence(sharp)"), 1e-12);
    }

    @Test
    void attack_accuracy_without_a_hit_has_no_confidence_where_correct() throws Exception {
        ColourEvidence evidence =
                ColourEvidence.of(bench, ColourEvidence.PRIVATE, Swatches.none().and(0, 0, 1, 0));

        Measurement measurement = Measured.measure(Metrics.accuracy(""), evidence);

        assertEquals(3, measurement.figures().size());
        assertTrue(measurement.figures().stream().allMatch(figure -> Double.isFinite(figure.value())));
        assertTrue(measurement.tables().get(0).rows().get(0).values().get(3).isNaN());
    }
}
