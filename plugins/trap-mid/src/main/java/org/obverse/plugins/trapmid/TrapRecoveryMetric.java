package org.obverse.plugins.trapmid;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.obverse.api.attack.Candidates;
import org.obverse.api.metric.Evidence.EvaluationModel;
import org.obverse.api.metric.Measurement;
import org.obverse.api.metric.Measurement.Better;
import org.obverse.api.metric.Measurement.Figure;
import org.obverse.api.metric.Measurement.Row;
import org.obverse.api.metric.Measurement.Table;
import org.obverse.api.metric.MetricFailedException;
import org.obverse.api.metric.ReconstructionMetric;
import org.obverse.api.metric.Reconstructions;
import org.obverse.api.network.Classifier;

/**
 * Correlations, over the pixels, of each class's mean reconstruction with each class's trigger. What all classes have in common is taken
 * from both sides first: every trigger is compared with what sets a class apart.
 */
final class TrapRecoveryMetric implements ReconstructionMetric {
    static final String NAME = "trap-recovery";

    private static final double LEAST_NORM = 1e-12;

    /** Nothing to choose. */
    public record Configuration() {}

    @Override
    public Measurement measure(Reconstructions evidence) throws MetricFailedException {
        Classifier target = evidence.target();
        Triggers triggers = Laid.triggers(target);
        int[] classes = evidence.candidates().classes().stream()
                .mapToInt(Integer::intValue)
                .distinct()
                .sorted()
                .toArray();
        if (classes.length < 2) {
            throw new MetricFailedException("attack.classes: there is nothing to tell apart in " + classes.length
                    + " class; attack at least 2");
        }
        double[][] found = correlations(evidence, target, triggers, classes);
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < classes.length; i++) {
            int own = i;
            double strongest = Arrays.stream(found[i]).max().orElseThrow();
            rows.add(new Row(classes[i], List.of(found[i][own], found[i][own] == strongest ? 1.0 : 0.0)));
        }
        return new Measurement(
                List.of(
                        new Figure("trigger correlation", mean(rows, 0), Better.NEITHER, "correlation"),
                        new Figure("own trigger is the nearest", mean(rows, 1), Better.NEITHER, "fraction")),
                List.of(new Table("trap recovery", List.of("correlation", "nearest"), rows)),
                List.of());
    }

    private static double mean(List<Row> rows, int column) {
        return rows.stream()
                .mapToDouble(row -> row.values().get(column))
                .average()
                .orElseThrow();
    }

    /** Of the i-th attacked class's reconstructions with the j-th one's trigger. */
    private static double[][] correlations(
            Reconstructions evidence, Classifier target, Triggers triggers, int... classes)
            throws MetricFailedException {
        EvaluationModel model = new EvaluationModel("target", target, 0);
        try (NDManager manager = evidence.manager().newSubManager()) {
            NDArray means =
                    manager.zeros(new Shape(classes.length, target.input().size()), DataType.FLOAT64);
            for (int i = 0; i < classes.length; i++) {
                try (NDScope scope = new NDScope()) {
                    means.set(new NDIndex("{}", i), mean(evidence, model, classes[i]));
                }
            }
            if (!Double.isFinite(means.sum().getDouble())) {
                throw new MetricFailedException(
                        "candidates: their images are not finite numbers; look for a diverged optimization");
            }
            long[] rows = IntStream.of(classes).asLongStream().toArray();
            NDArray laid = triggers.values().get(new NDIndex("{}", manager.create(rows)));
            laid.attach(manager);
            NDArray flat = laid.reshape(classes.length, -1).toType(DataType.FLOAT64, false);
            double[] all = apart(means).matMul(apart(flat).transpose()).toDoubleArray();
            return IntStream.range(0, classes.length)
                    .mapToObj(i -> Arrays.copyOfRange(all, i * classes.length, (i + 1) * classes.length))
                    .toArray(double[][]::new);
        }
    }

    /** Of all reconstructions of a class, {@code [pixels]}. */
    private static NDArray mean(Reconstructions evidence, EvaluationModel model, int of) {
        Candidates candidates = evidence.candidates();
        int[] rows = candidates.of(of);
        NDArray sum =
                evidence.manager().zeros(new Shape(model.classifier().input().size()), DataType.FLOAT64);
        for (int from = 0; from < rows.length; from += evidence.batch()) {
            evidence.checkpoint();
            int[] some = Arrays.copyOfRange(rows, from, Math.min(rows.length, from + evidence.batch()));
            NDArray images = evidence.images(candidates, model, some).reshape(some.length, -1);
            sum.addi(images.toType(DataType.FLOAT64, false).sum(new int[] {0}));
        }
        return sum.div(rows.length);
    }

    /** Rows without what they have in common and without their mean, of norm 1; 0 where nothing is left. */
    private static NDArray apart(NDArray rows) {
        NDArray own = rows.sub(rows.mean(new int[] {0}, true));
        NDArray centred = own.sub(own.mean(new int[] {1}, true));
        NDArray norm = centred.square().sum(new int[] {1}, true).sqrt();
        return centred.div(norm.maximum(LEAST_NORM));
    }
}
