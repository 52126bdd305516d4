package org.obverse.plugins.metrics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.obverse.api.attack.Candidates;
import org.obverse.api.attack.Candidates.Snapshot;
import org.obverse.api.metric.Measurement;
import org.obverse.api.metric.Measurement.Better;
import org.obverse.api.metric.Measurement.Chart;
import org.obverse.api.metric.Measurement.Figure;
import org.obverse.api.metric.Measurement.Mark;
import org.obverse.api.metric.Measurement.Row;
import org.obverse.api.metric.Measurement.Series;
import org.obverse.api.metric.Measurement.Table;
import org.obverse.api.metric.MetricFailedException;
import org.obverse.api.metric.ReconstructionMetric;
import org.obverse.api.metric.Reconstructions;

/**
 * The distance of {@link FeatureDistanceMetric} at each snapshot that the optimizer kept: whether a search comes nearer to the training data with
 * each step, or leaves it again (Struppek et al. 2024, section 4.4).
 */
record DistanceOverStepsMetric(FeatureDistanceMetric.Configuration configuration) implements ReconstructionMetric {
    private static final List<String> COLUMNS = List.of("start", "nearest", "end");

    @Override
    public Measurement measure(Reconstructions evidence) throws MetricFailedException {
        Candidates candidates = evidence.candidates();
        if (candidates.snapshots().isEmpty()) {
            throw new MetricFailedException(
                    "candidates: nothing was kept of their way; let the optimizer keep it (latent-adam: snapshots:"
                            + " 10) and judge its candidates (of: optimize)");
        }
        if (candidates.size() == 0) {
            throw new MetricFailedException("candidates: the attack delivered none to measure; look at why its stages"
                    + " ended early, or raise the budget");
        }
        Judge judge = Judge.of(evidence, configuration);
        Map<Integer, List<Double>> byStep = new TreeMap<>();
        List<Row> rows = new ArrayList<>();
        for (int targetClass : new TreeSet<>(candidates.classes())) {
            double[][] training = FeatureDistanceMetric.training(judge, targetClass);
            List<Double> means = new ArrayList<>();
            for (Snapshot snapshot : candidates.snapshots()) {
                Candidates then =
                        new Candidates(snapshot.representation(), candidates.classes(), candidates.scores(), List.of());
                double[] distances = configuration.distances(judge, evidence, then, targetClass, training);
                Arrays.stream(distances)
                        .forEach(byStep.computeIfAbsent(snapshot.step(), step -> new ArrayList<>())::add);
                means.add(Arrays.stream(distances).average().orElseThrow());
            }
            rows.add(new Row(targetClass, outline(means)));
        }
        return measurement(judge.figure(configuration.figure()), byStep, rows);
    }

    private Measurement measurement(String name, Map<Integer, List<Double>> byStep, List<Row> rows) {
        List<Spread> spreads = byStep.values().stream().map(Spread::of).toList();
        List<Double> outline = outline(spreads.stream().map(Spread::mean).toList());
        String unit = configuration.distance().unit;
        List<Figure> figures = new ArrayList<>();
        for (int i = 0; i < COLUMNS.size(); i++) {
            figures.add(new Figure(COLUMNS.get(i) + " " + name, outline.get(i), Better.LOWER, unit));
        }
        return new Measurement(
                figures,
                List.of(new Table(name + " over the steps", COLUMNS, rows)),
                List.of(),
                List.of(new Chart(
                        name + " over the steps",
                        "Distance of the candidates to the nearest training image of their class: mean and quartiles.",
                        Mark.LINE,
                        "step",
                        unit,
                        List.of(new Series(
                                "mean",
                                byStep.keySet().stream()
                                        .map(Integer::doubleValue)
                                        .toList(),
                                spreads.stream().map(Spread::mean).toList(),
                                spreads.stream().map(Spread::lower).toList(),
                                spreads.stream().map(Spread::upper).toList())))));
    }

    /** At the first snapshot, at the nearest of all, and at the last. */
    private static List<Double> outline(List<Double> means) {
        double least = means.stream().mapToDouble(mean -> mean).min().orElseThrow();
        return List.of(means.get(0), least, means.get(means.size() - 1));
    }

    /** Quartiles lie between the neighbouring ranks, by linear interpolation. */
    private record Spread(double lower, double mean, double upper) {
        static Spread of(List<Double> values) {
            double[] sorted =
                    values.stream().mapToDouble(value -> value).sorted().toArray();
            return new Spread(
                    quantile(sorted, 0.25), Arrays.stream(sorted).average().orElseThrow(), quantile(sorted, 0.75));
        }

        private static double quantile(double[] sorted, double share) {
            double rank = share * (sorted.length - 1);
            int below = (int) rank;
            int above = Math.min(below + 1, sorted.length - 1);
            return sorted[below] + (rank - below) * (sorted[above] - sorted[below]);
        }
    }
}
