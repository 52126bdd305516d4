package org.obverse.plugins.ppa;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.obverse.api.attack.Candidates;
import org.obverse.api.attack.Candidates.Curve;
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
 * How steady the target's gradient is along a search: the cosine between the gradients of consecutive steps with respect to the image (Struppek
 * et al. 2024, Eq. 4, Fig. 6b), as mean and standard deviation over the candidates of each step. Steps where a gradient is 0 have no cosine and
 * are counted.
 */
final class GradientSimilarityMetric implements ReconstructionMetric {
    private static final String NAME = GradientSimilarity.CURVE;

    /** Nothing to choose. */
    public record Configuration() {}

    @Override
    public Measurement measure(Reconstructions evidence) throws MetricFailedException {
        evidence.checkpoint();
        Measurement measured = of(evidence.candidates());
        evidence.progress(1, 1, Map.of());
        return measured;
    }

    static Measurement of(Candidates candidates) throws MetricFailedException {
        Curve curve = candidates.curves().stream()
                .filter(noted -> noted.name().equals(NAME))
                .findFirst()
                .orElseThrow(() ->
                        new MetricFailedException("candidates: their optimizer did not keep how alike its gradients"
                                + " were; set gradient-similarity: true of latent-adam"));
        List<double[]> defined = new ArrayList<>();
        long undefined = 0;
        int steps = curve.values().stream().mapToInt(row -> row.length).max().orElse(0);
        for (int step = 1; step < steps; step++) {
            double[] values = finite(at(curve, step));
            undefined += at(curve, step).count() - values.length;
            defined.add(values);
        }
        double[] all = defined.stream().flatMapToDouble(Arrays::stream).toArray();
        if (all.length == 0) {
            throw new MetricFailedException(
                    "candidates: no two consecutive gradients of a candidate differ from 0; the target saturates,"
                            + " or the search took one step");
        }
        return new Measurement(
                List.of(
                        new Figure(NAME, mean(all), Better.NEITHER, "cosine"),
                        new Figure(
                                "steps without " + NAME,
                                (double) undefined / (undefined + all.length),
                                Better.NEITHER,
                                "fraction")),
                List.of(new Table(NAME, List.of("mean"), perClass(candidates, curve))),
                List.of(),
                List.of(chart(defined)));
    }

    private static List<Row> perClass(Candidates candidates, Curve curve) {
        List<Row> rows = new ArrayList<>();
        for (int targetClass : new TreeSet<>(candidates.classes())) {
            double[] values = Arrays.stream(candidates.of(targetClass))
                    .mapToObj(curve.values()::get)
                    .flatMapToDouble(row -> DoubleStream.of(finite(doubles(row))))
                    .toArray();
            rows.add(new Row(targetClass, List.of(mean(values))));
        }
        return rows;
    }

    private static Chart chart(List<double[]> bySteps) {
        List<Double> steps = new ArrayList<>();
        List<Double> means = new ArrayList<>();
        List<Double> low = new ArrayList<>();
        List<Double> high = new ArrayList<>();
        for (int i = 0; i < bySteps.size(); i++) {
            double[] values = bySteps.get(i);
            if (values.length > 0) {
                double deviation = deviation(values);
                steps.add(i + 2.0);
                means.add(mean(values));
                low.add(mean(values) - deviation);
                high.add(mean(values) + deviation);
            }
        }
        return new Chart(
                NAME,
                "Cosine between the gradients of a step and the one before it with respect to the image: mean and standard deviation over"
                        + " candidates.",
                Mark.LINE,
                "step",
                "cosine",
                List.of(new Series("mean", steps, means, low, high)));
    }

    private static DoubleStream at(Curve curve, int step) {
        return curve.values().stream().filter(row -> step < row.length).mapToDouble(row -> row[step]);
    }

    private static DoubleStream doubles(float... row) {
        return IntStream.range(0, row.length).mapToDouble(step -> row[step]);
    }

    private static double[] finite(DoubleStream values) {
        return values.filter(Double::isFinite).toArray();
    }

    /** NaN of none. */
    private static double mean(double... values) {
        return Arrays.stream(values).average().orElse(Double.NaN);
    }

    /** Of the population. */
    private static double deviation(double... values) {
        double mean = mean(values);
        return Math.sqrt(mean(Arrays.stream(values)
                .map(value -> (value - mean) * (value - mean))
                .toArray()));
    }
}
