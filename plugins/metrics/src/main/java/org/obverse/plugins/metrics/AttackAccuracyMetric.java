package org.obverse.plugins.metrics;

import java.util.ArrayList;
import java.util.List;
import org.obverse.api.metric.Judged;
import org.obverse.api.metric.Measurement;
import org.obverse.api.metric.Measurement.Better;
import org.obverse.api.metric.Measurement.Figure;
import org.obverse.api.metric.Measurement.Row;
import org.obverse.api.metric.Measurement.Table;
import org.obverse.api.metric.MetricFailedException;
import org.obverse.api.metric.ReconstructionMetric;
import org.obverse.api.metric.Reconstructions;
import org.obverse.api.plugin.Meaning;

/**
 * Acc@1, Acc@5 and the mean confidence of an evaluation model in the attacked classes. The confidence over correctly classified images
 * has no figure where there are none, that is, where Acc@1 is 0.
 */
record AttackAccuracyMetric(Configuration configuration) implements ReconstructionMetric {
    private static final List<String> COLUMNS = List.of("Acc@1", "Acc@5", "confidence", "correct confidence");

    /** Which judge. */
    public record Configuration(
            @Meaning("name of the evaluation model that judges; empty: the plan's only one")
            String judge) implements Judged {
        static final Configuration DEFAULT = new Configuration("");
    }

    @Override
    public Measurement measure(Reconstructions evidence) throws MetricFailedException {
        Judge judge = Judge.of(evidence, configuration);
        List<Verdict> verdicts =
                judge.reconstructions(evidence, evidence.candidates()).verdicts();
        if (verdicts.isEmpty()) {
            throw new MetricFailedException("candidates: the attack delivered none to judge; look at why its stages"
                    + " ended early, or raise the budget");
        }
        List<Figure> figures = new ArrayList<>();
        List<Double> values = values(Accuracy.of(verdicts));
        for (int i = 0; i < COLUMNS.size(); i++) {
            if (!values.get(i).isNaN()) {
                String name = judge.figure(COLUMNS.get(i));
                figures.add(new Figure(name, values.get(i), Better.HIGHER, "fraction"));
            }
        }
        List<Row> rows = Accuracy.perClass(verdicts).entrySet().stream()
                .map(entry -> new Row(entry.getKey(), values(entry.getValue())))
                .toList();
        return new Measurement(figures, List.of(new Table(judge.figure("attack accuracy"), COLUMNS, rows)), List.of());
    }

    private static List<Double> values(Accuracy accuracy) {
        return List.of(accuracy.top1(), accuracy.top5(), accuracy.confidence(), accuracy.correctConfidence());
    }
}
