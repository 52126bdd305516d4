package org.obverse.plugins.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.obverse.plugins.metrics.Measured.assertFails;

import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.obverse.api.metric.Evidence.EvaluationModel;
import org.obverse.api.metric.Measurement;
import org.obverse.api.metric.Measurement.Series;
import org.obverse.api.metric.Metric;
import org.obverse.testkit.Workbench;

class JudgeAgreementMetricTest {
    private static final Metric METRIC = new JudgeAgreementMetric(JudgeAgreementMetric.Configuration.DEFAULT);
    private static Workbench bench;

    @BeforeAll
    static void open() {
        bench = Workbench.of(JudgeAgreementMetricTest.class);
    }

    @AfterAll
    static void close() {
        bench.close();
    }

    /** Both recognise the first, one the second, none the others: the bits (1, 1, 0, 0) and (1, 0, 0, 0). */
    private static final Swatches RECONSTRUCTIONS = Swatches.none()
            .and(0, 0.9, 0, 0)
            .and(0, 0.4, 0, 0)
            .and(0, 0, 0, 0.9)
            .and(1, 0, 0, 0.9);

    private static ColourEvidence evidence(Swatches reconstructions) {
        return ColourEvidence.of(bench, ColourEvidence.PRIVATE, reconstructions)
                .judgedBy(judge("easy", 0), judge("strict", 0.5f));
    }

    /** By primary colours, with a liking for green. */
    private static EvaluationModel judge(String name, float green) {
        return new EvaluationModel(
                name,
                ColourClassifier.primary(ColourEvidence.JUDGED, 1, bench.parameters(1))
                        .liking(green),
                0);
    }

    @Test
    void each_judge_all_and_any_are_counted_and_kappa_is_that_of_the_worked_bits() throws Exception {
        Measured measured = Measured.by(METRIC, evidence(RECONSTRUCTIONS));

        assertEquals(1.0 / 4, measured.figure("recognised by all(easy, strict)"));
        assertEquals(2.0 / 4, measured.figure("recognised by any(easy, strict)"));
        assertEquals(2.0 / 4, measured.figure("recognised by easy(easy, strict)"));
        assertEquals(1.0 / 4, measured.figure("recognised by strict(easy, strict)"));
        assertEquals(0.5, measured.figure("κ of easy and strict(easy, strict)"), 1e-12);
    }

    @Test
    void the_table_has_the_same_shares_per_class_and_the_chart_those_of_at_least_so_many() throws Exception {
        Measured measured = Measured.by(METRIC, evidence(RECONSTRUCTIONS));

        assertEquals(
                List.of(1.0 / 3, 2.0 / 3, 2.0 / 3, 1.0 / 3),
                measured.measurement().tables().get(0).rows().get(0).values());
        assertEquals(
                List.of(0.0, 0.0, 0.0, 0.0),
                measured.measurement().tables().get(0).rows().get(1).values());
        Series series = measured.measurement().charts().get(0).series().get(0);
        assertEquals(List.of(1.0, 2.0), series.x());
        assertEquals(List.of(0.5, 0.25), series.y());
    }

    @Test
    void judges_who_agree_on_everything_for_want_of_a_choice_have_no_kappa() throws Exception {
        Measurement measured = Measured.measure(METRIC, evidence(Swatches.none().and(0, 0, 0, 0.9)));

        assertFalse(measured.figures().stream().anyMatch(figure -> figure.name().startsWith("κ")));
    }

    @Test
    void an_attack_without_candidates_has_no_agreement() {
        ColourEvidence some = evidence(RECONSTRUCTIONS);

        assertFails(METRIC, some.finding(some.candidates().rows()), "delivered none");
    }
}
