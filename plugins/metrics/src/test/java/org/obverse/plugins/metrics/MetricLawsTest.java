package org.obverse.plugins.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.obverse.plugins.metrics.Measured.assertFails;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.obverse.api.attack.Candidates;
import org.obverse.api.metric.Measurement;
import org.obverse.api.metric.Metric;
import org.obverse.api.metric.MetricFailedException;
import org.obverse.testkit.Workbench;

class MetricLawsTest {
    private static Workbench bench;

    @BeforeAll
    static void open() {
        bench = Workbench.of(MetricLawsTest.class);
    }

    @AfterAll
    static void close() {
        bench.close();
    }

    @Test
    void images_that_are_not_numbers_fail_every_figure() {
        Swatches diverged = ColourEvidence.PRIVATE.and(1, Double.NaN, 0, 0).and(1, 0, 1, 0);
        ColourEvidence evidence = ColourEvidence.of(bench, ColourEvidence.PRIVATE, diverged);

        for (Metric metric : List.of(
                Metrics.accuracy(""),
                Metrics.distance(FeatureDistanceMetric.Distance.SQUARED),
                Metrics.frechet(bench),
                Metrics.prdc(1, Prdc.Definition.USUAL),
                student())) {
            assertFails(metric, evidence, "not finite");
        }
    }

    @Test
    void an_attack_without_candidates_fails_every_figure() {
        ColourEvidence evidence = ColourEvidence.of(bench, ColourEvidence.PRIVATE, ColourEvidence.PRIVATE);
        Candidates none = evidence.candidates().rows();
        ColourEvidence empty = evidence.finding(none);

        for (Metric metric : Metrics.judging(bench)) {
            assertThrows(MetricFailedException.class, () -> Measured.measure(metric, empty));
        }
    }

    @Test
    void a_class_that_the_judge_or_the_data_does_not_know_is_a_failure() {
        ColourEvidence evidence = ColourEvidence.of(
                bench, ColourEvidence.PRIVATE, Swatches.none().and(3, 0, 0, 0).and(3, 1, 1, 1));

        assertFails(Metrics.accuracy(""), evidence, "class 3");
        assertFails(Metrics.distance(FeatureDistanceMetric.Distance.SQUARED), evidence, "class 3");
        assertFails(Metrics.frechet(bench), evidence, "real images: 0");
    }

    @Test
    void neither_order_nor_batch_size_matters() throws Exception {
        ColourEvidence evidence = ColourEvidence.of(bench, ColourEvidence.PRIVATE, ColourEvidence.PRIVATE);
        Swatches backwards = ColourEvidence.PRIVATE.inOrder(8, 7, 6, 5, 4, 3, 2, 1, 0);
        ColourEvidence reordered = ColourEvidence.of(bench, backwards, backwards);

        for (Metric metric : Metrics.judging(bench)) {
            assertClose(Measured.measure(metric, evidence), Measured.measure(metric, evidence.withBatch(100)));
            assertClose(Measured.measure(metric, evidence), Measured.measure(metric, reordered));
        }
    }

    @Test
    void no_array_is_left_behind() throws Exception {
        ColourEvidence evidence = ColourEvidence.of(bench, ColourEvidence.PRIVATE, ColourEvidence.PRIVATE);
        List<Metric> metrics = new ArrayList<>(Metrics.judging(bench));
        metrics.add(new TestAccuracyMetric());
        metrics.add(student());

        for (Metric metric : metrics) {
            int before = bench.manager().getManagedArrays().size();
            Measured.measure(metric, evidence);
            assertEquals(before, bench.manager().getManagedArrays().size(), metric.toString());
        }
    }

    private static Metric student() {
        return Metrics.extraction(bench, Metrics.recipe(0.5, 2), ColourClassifier.ARCHITECTURE);
    }

    private static void assertClose(Measurement expected, Measurement actual) {
        for (int i = 0; i < expected.figures().size(); i++) {
            assertEquals(
                    expected.figures().get(i).value(), actual.figures().get(i).value(), 1e-6);
        }
    }
}
