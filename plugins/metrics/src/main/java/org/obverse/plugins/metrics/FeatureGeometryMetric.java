package org.obverse.plugins.metrics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.obverse.api.data.Part;
import org.obverse.api.metric.Measurement;
import org.obverse.api.metric.Measurement.Better;
import org.obverse.api.metric.Measurement.Chart;
import org.obverse.api.metric.Measurement.Figure;
import org.obverse.api.metric.Measurement.Mark;
import org.obverse.api.metric.Measurement.Row;
import org.obverse.api.metric.Measurement.Series;
import org.obverse.api.metric.Measurement.Table;
import org.obverse.api.metric.MetricFailedException;
import org.obverse.api.metric.TargetEvidence;
import org.obverse.api.metric.TargetMetric;

/**
 * Distances within and between classes, between penultimate activations of the attacked model on its training images without augmentation
 * (Struppek et al. 2024, Fig. 5), as shares of the largest distance. Labels smoothed positively draw a class together, negatively apart.
 */
record FeatureGeometryMetric() implements TargetMetric {
    private static final String UNIT = "share of the largest distance";
    private static final List<String> COLUMNS = List.of("intra-class", "inter-class", "nearest own", "nearest other");

    /** Nothing to choose. */
    public record Configuration() {}

    @Override
    public Measurement measure(TargetEvidence evidence) throws MetricFailedException {
        Gallery training = Judge.target(evidence).real(Part.TRAINING, label -> true);
        int[] labels = IntStream.range(0, training.size()).map(training::label).toArray();
        int[] classes = IntStream.of(labels).distinct().sorted().toArray();
        if (classes.length < 2) {
            throw new MetricFailedException(
                    "data: its training part shows fewer than two classes, so nothing lies between classes");
        }
        if (classes.length == labels.length) {
            throw new MetricFailedException(
                    "data: its training part shows every class once, so nothing lies within a class");
        }
        Geometry geometry = geometry(evidence, training.features(), labels);
        List<double[]> values =
                List.of(geometry.own(), geometry.others(), geometry.nearestOwn(), geometry.nearestOther());
        List<Figure> figures = new ArrayList<>();
        for (int i = 0; i < COLUMNS.size(); i++) {
            figures.add(figure(COLUMNS.get(i) + " distance", Geometry.mean(values.get(i)), UNIT));
        }
        figures.add(figure(
                "inter/intra distance", Geometry.mean(geometry.others()) / Geometry.mean(geometry.own()), "ratio"));
        figures.add(figure("nearest-neighbour agreement", geometry.agreement(), "fraction"));
        List<Row> rows = new ArrayList<>();
        for (int one : classes) {
            int[] samples = IntStream.range(0, labels.length)
                    .filter(i -> labels[i] == one)
                    .toArray();
            rows.add(new Row(
                    one,
                    values.stream()
                            .map(of -> Geometry.mean(IntStream.of(samples)
                                    .mapToDouble(i -> of[i])
                                    .toArray()))
                            .toList()));
        }
        return new Measurement(
                figures,
                List.of(new Table("feature geometry", COLUMNS, rows)),
                List.of(),
                List.of(new Chart(
                        "feature geometry",
                        "Of each training image, in the target's penultimate activations: mean distance to its own class and to all"
                                + " others, and distance to the nearest image of each.",
                        Mark.DISTRIBUTION,
                        "",
                        UNIT,
                        series(values))));
    }

    private static List<Series> series(List<double[]> values) {
        List<Series> series = new ArrayList<>();
        for (int i = 0; i < COLUMNS.size(); i++) {
            List<Double> defined = Arrays.stream(values.get(i))
                    .filter(value -> !Double.isNaN(value))
                    .boxed()
                    .toList();
            series.add(Series.of(COLUMNS.get(i), defined));
        }
        return series;
    }

    private static Geometry geometry(TargetEvidence evidence, double[][] features, int... labels)
            throws MetricFailedException {
        try {
            return Geometry.of(
                    features,
                    sample -> {
                        evidence.checkpoint();
                        evidence.progress(sample, features.length, Map.of());
                    },
                    labels);
        } catch (IllegalArgumentException e) {
            throw new MetricFailedException(
                    "target: its activations are the same for all training images; look at its training's loss");
        }
    }

    private static Figure figure(String name, double value, String unit) {
        return new Figure(name, value, Better.NEITHER, unit);
    }
}
