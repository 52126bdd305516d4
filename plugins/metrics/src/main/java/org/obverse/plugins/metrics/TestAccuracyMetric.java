package org.obverse.plugins.metrics;

import java.util.List;
import org.obverse.api.data.Part;
import org.obverse.api.metric.Measurement;
import org.obverse.api.metric.Measurement.Better;
import org.obverse.api.metric.Measurement.Figure;
import org.obverse.api.metric.Measurement.Row;
import org.obverse.api.metric.Measurement.Table;
import org.obverse.api.metric.MetricFailedException;
import org.obverse.api.metric.TargetEvidence;
import org.obverse.api.metric.TargetMetric;

/** The accuracy of the attacked model, without output filters, on the private test images. */
record TestAccuracyMetric() implements TargetMetric {
    /** Nothing to choose. */
    public record Configuration() {}

    @Override
    public Measurement measure(TargetEvidence evidence) throws MetricFailedException {
        List<Verdict> verdicts = verdicts(evidence);
        List<Row> rows = Accuracy.perClass(verdicts).entrySet().stream()
                .map(entry -> new Row(entry.getKey(), List.of(entry.getValue().top1())))
                .toList();
        return new Measurement(
                List.of(new Figure("test accuracy", Accuracy.of(verdicts).top1(), Better.HIGHER, "fraction")),
                List.of(new Table("test accuracy", List.of("accuracy"), rows)),
                List.of());
    }

    /** The attacked model's opinion of every private test image. */
    static List<Verdict> verdicts(TargetEvidence evidence) throws MetricFailedException {
        List<Verdict> verdicts =
                Judge.target(evidence).real(Part.TEST, label -> true).verdicts();
        if (verdicts.isEmpty()) {
            throw new MetricFailedException("data: its test part is empty; hold back some private images for it");
        }
        return verdicts;
    }
}
