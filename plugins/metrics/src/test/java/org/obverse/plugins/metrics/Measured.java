package org.obverse.plugins.metrics;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.obverse.api.metric.Measurement;
import org.obverse.api.metric.Measurement.Figure;
import org.obverse.api.metric.Metric;
import org.obverse.api.metric.MetricFailedException;
import org.obverse.api.metric.ReconstructionMetric;
import org.obverse.api.metric.TargetMetric;

/** What a metric made of some evidence. */
record Measured(Measurement measurement) {
    static Measured by(Metric metric, ColourEvidence evidence) throws MetricFailedException {
        return new Measured(measure(metric, evidence));
    }

    static Measurement measure(Metric metric, ColourEvidence evidence) throws MetricFailedException {
        return metric instanceof TargetMetric ofTarget
                ? ofTarget.measure(evidence)
                : ((ReconstructionMetric) metric).measure(evidence);
    }

    /** The metric states a failure, and why. */
    static void assertFails(Metric metric, ColourEvidence evidence, String reason) {
        MetricFailedException failure = assertThrows(MetricFailedException.class, () -> measure(metric, evidence));
        assertTrue(String.valueOf(failure.getMessage()).contains(reason), failure.getMessage());
    }

    double figure(String name) {
        return measurement.figures().stream()
                .filter(figure -> figure.name().equals(name))
                .mapToDouble(Figure::value)
                .findFirst()
                .orElseThrow(() -> new AssertionError("no figure '" + name + "' among " + measurement.figures()));
    }

    /** One entry of the first table. */
    double entry(int row, int column) {
        return measurement.tables().get(0).rows().get(row).values().get(column);
    }
}
