package org.obverse.plugins.metrics;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.obverse.api.data.Images;
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
import org.obverse.api.plugin.Checked;
import org.obverse.api.plugin.Meaning;
import org.obverse.api.plugin.Problem;
import org.obverse.api.tensor.Operators;

/**
 * A map of training images by the attacked model's penultimate activations, without augmentation (Struppek et al. 2024, Fig. 4): t-SNE of
 * their first 50 principal components, begun with the first two. A picture to look at, not a figure to rest on: the map hangs on the last
 * bits of the activations, so its figure is of the components themselves.
 */
record TsneMetric(Configuration configuration, Operators operators) implements TargetMetric {
    private static final int COMPONENTS = 50;
    private static final int NEIGHBOURS = 5;
    private static final int MOST = 10_000;

    /** What is mapped. */
    public record Configuration(
            @Meaning("how many classes to map, drawn at random; all if there are fewer")
            int classes,

            @Meaning("how many training images of them to map, drawn at random; all if there are fewer")
            int images,

            @Meaning("how many neighbours an image is to have, about; a third of the images at most")
            double perplexity)
            implements Checked {
        static final Configuration DEFAULT = new Configuration(100, 2000, 30);

        @Override
        public List<Problem> check() {
            List<Problem> problems = new ArrayList<>();
            if (classes < 2) {
                problems.add(new Problem("classes", classes + " classes are no map", "use at least 2"));
            }
            if (images <= 2 * NEIGHBOURS) {
                problems.add(new Problem(
                        "images", images + " images have too few neighbours", "use more than " + 2 * NEIGHBOURS));
            }
            if (images > MOST) {
                problems.add(new Problem(
                        "images",
                        images + " images are too many, as each is compared with each in memory",
                        "use at most " + MOST));
            }
            if (!(perplexity >= 2)) {
                problems.add(new Problem("perplexity", perplexity + " neighbours are too few", "use at least 2"));
            } else if (perplexity > images / 3.0) {
                problems.add(new Problem(
                        "perplexity",
                        "%s neighbours of %d images are more than a third".formatted(perplexity, images),
                        "use at most " + images / 3 + ", or more images"));
            }
            return problems;
        }
    }

    @Override
    public Measurement measure(TargetEvidence evidence) throws MetricFailedException {
        Judge judge = Judge.target(evidence);
        Images training = evidence.images(Part.TRAINING, judge.model());
        Set<Integer> chosen = Arrays.stream(evidence.random()
                        .child("classes")
                        .permutation(evidence.data().classes()))
                .limit(configuration.classes())
                .boxed()
                .collect(Collectors.toSet());
        int[] all = IntStream.range(0, training.size())
                .filter(row -> chosen.contains(training.label(row)))
                .toArray();
        int[] rows = Arrays.stream(evidence.random().child("images").permutation(all.length))
                .limit(configuration.images())
                .sorted()
                .map(place -> all[place])
                .toArray();
        int[] labels = IntStream.of(rows).map(training::label).toArray();
        if (rows.length <= 2 * NEIGHBOURS || rows.length < 3 * configuration.perplexity()) {
            throw new MetricFailedException(
                    "data: %d training images are too few for a perplexity of %s; use less than a third of them"
                            .formatted(rows.length, configuration.perplexity()));
        }
        double[][] points = components(judge.real(training, rows).features(), evidence.manager());
        if (Arrays.stream(points).allMatch(point -> Distances.norm(point) == 0)) {
            throw new MetricFailedException(
                    "target: its activations are the same for all training images; look at its training's loss");
        }
        double[][] map = new Tsne(configuration.perplexity())
                .map(points, PrincipalComponents.start(points), (done, total) -> {
                    evidence.checkpoint();
                    evidence.progress(done, total, Map.of());
                });
        return measurement(points, map, labels);
    }

    private double[][] components(double[][] features, NDManager manager) {
        int dimensions = features[0].length;
        double[] flat = Arrays.stream(features).flatMapToDouble(Arrays::stream).toArray();
        try (NDArray points = manager.create(flat, new Shape(features.length, dimensions))) {
            return new PrincipalComponents(operators).of(points, COMPONENTS);
        }
    }

    private Measurement measurement(double[][] points, double[][] map, int... labels) {
        boolean[] agrees = new boolean[points.length];
        for (int i = 0; i < points.length; i++) {
            agrees[i] = labels[Trustworthiness.nearest(points, i)[0]] == labels[i];
        }
        List<Row> rows = new ArrayList<>();
        List<Series> series = new ArrayList<>();
        for (int one : IntStream.of(labels).distinct().sorted().toArray()) {
            int[] members = IntStream.range(0, labels.length)
                    .filter(i -> labels[i] == one)
                    .toArray();
            rows.add(new Row(one, List.of(agreement(agrees, members))));
            series.add(Series.of("class " + one, column(map, members, 0), column(map, members, 1)));
        }
        int[] all = IntStream.range(0, points.length).toArray();
        return new Measurement(
                List.of(new Figure("mapped neighbour agreement", agreement(agrees, all), Better.NEITHER, "fraction")),
                List.of(new Table("mapped neighbour agreement", List.of("mean"), rows)),
                List.of(),
                List.of(new Chart(
                        "t-SNE",
                        ("Training images by the target's penultimate activations, a colour for each class; only who is near whom means"
                                        + " anything. Trustworthiness over %d neighbours: %.2f.")
                                .formatted(NEIGHBOURS, new Trustworthiness(NEIGHBOURS).of(points, map)),
                        Mark.POINTS,
                        "t-SNE 1",
                        "t-SNE 2",
                        series)));
    }

    private static double agreement(boolean[] agrees, int... members) {
        return IntStream.of(members).filter(i -> agrees[i]).count() / (double) members.length;
    }

    private static List<Double> column(double[][] map, int[] members, int axis) {
        return IntStream.of(members).mapToObj(i -> map[i][axis]).toList();
    }
}
