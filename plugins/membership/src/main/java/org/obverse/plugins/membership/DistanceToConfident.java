package org.obverse.plugins.membership;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.obverse.api.data.Images;
import org.obverse.api.data.Part;
import org.obverse.api.metric.Evidence.EvaluationModel;
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
import org.obverse.api.plugin.Problems;
import org.obverse.api.plugin.Resources;
import org.obverse.api.random.RandomStream;
import org.obverse.plugins.membership.ConfidentSearch.Found;
import org.obverse.plugins.membership.ConfidentSearch.Range;

/**
 * {@code DtC(x, y) = min ‖δ‖ : φ_y(x + δ) ≥ κ, x + δ in [-1, 1]}, φ the {@link ScaledLogit}, of training images (members) and test images: what an
 * attacker with white-box access could tell them apart by, now or one day. Of as many of either.
 */
final class DistanceToConfident implements TargetMetric {
    private static final String UNIT = "change of a pixel in [-1, 1]";

    private final Configuration configuration;
    private final Resources resources;

    /** How the distance is looked for. */
    public record Configuration(
            @Meaning("how changes are measured: l-inf (the largest of a pixel) or l2")
            Norm norm,

            @Meaning(
                    "absolute: confident is who gives the class the probability confidence; median-member: who is as confident as the median"
                            + " of known members, which tells more of over-confident models")
            Level level,

            @Meaning(
                    "the probability of an image's class at which the model counts as confident, in (0, 1); read where level is absolute")
            double confidence,

            @Meaning("how many training images, and as many test images, are judged at most; drawn at random")
            int samples,

            @Meaning(
                    "how many training images tell the median of members, and are then not judged; read where level is median-member")
            int known,

            @Meaning("steps of gradient ascent within each ball")
            int steps,

            @Meaning(
                    "how often the ascent within each ball begins anew, at a random point of it; 0 to begin at the image alone")
            int restarts,

            @Meaning("how often the radius is halved into place")
            int halvings,

            @Meaning("the largest change that is tried, in units of [-1, 1]; 0: 32/255 for l-inf, 5 for l2")
            double cap)
            implements Checked {
        static final Configuration DEFAULT =
                new Configuration(Norm.INFINITY, Level.ABSOLUTE, 0.99, 300, 100, 40, 0, 12, 0);

        private static final int MOST_HALVINGS = 30;

        @Override
        public List<Problem> check() {
            return new Problems()
                    .require(
                            confidence > 0 && confidence < 1,
                            "confidence",
                            confidence + " is no probability that is ever reached",
                            "use a number above 0 and below 1, such as 0.99")
                    .atLeast(2, "samples", samples)
                    .atLeast(1, "known", known)
                    .atLeast(1, "steps", steps)
                    .atLeast(0, "restarts", restarts)
                    .atLeast(1, "halvings", halvings)
                    .require(
                            halvings <= MOST_HALVINGS,
                            "halvings",
                            halvings + " halvings are finer than the numbers",
                            "use at most " + MOST_HALVINGS)
                    .notNegative("cap", cap)
                    .list();
        }

        ConfidentSearch.Settings search(Range range) {
            return new ConfidentSearch.Settings(norm, cap == 0 ? norm.cap : cap, halvings, steps, restarts, range);
        }
    }

    /** When a model counts as confident. */
    enum Level {
        @JsonProperty("absolute")
        ABSOLUTE,
        @JsonProperty("median-member")
        MEDIAN_MEMBER
    }

    DistanceToConfident(Configuration configuration, Resources resources) {
        this.configuration = configuration;
        this.resources = resources;
    }

    /**
     * A training or test image.
     *
     * @param confidence the scaled logit before any change
     */
    private record Sample(int label, double confidence, Found found) {
        double distance() {
            return found.distance();
        }
    }

    @Override
    public Measurement measure(TargetEvidence evidence) throws MetricFailedException {
        EvaluationModel target = new EvaluationModel("target", evidence.target(), 0);
        Images training = evidence.images(Part.TRAINING, target);
        Images test = evidence.images(Part.TEST, target);
        Set<Integer> held = Set.copyOf(evidence.heldOut());
        int[] drawn = IntStream.of(evidence.random().child("members").permutation(training.size()))
                .filter(row -> !held.contains(row))
                .toArray();
        int known = configuration.level() == Level.MEDIAN_MEMBER ? configuration.known() : 0;
        int count = Math.min(configuration.samples(), Math.min(drawn.length - known, test.size()));
        if (count < 2) {
            throw new MetricFailedException(
                    "data: %d training and %d test images leave fewer than two of either to judge; use more, or a smaller known"
                            .formatted(drawn.length, test.size()));
        }
        int[] members = Arrays.copyOfRange(drawn, known, known + count);
        int[] others = Arrays.copyOf(evidence.random().child("others").permutation(test.size()), count);
        double level = configuration.level() == Level.ABSOLUTE
                ? Math.log(configuration.confidence() / (1 - configuration.confidence()))
                : Separation.median(confidences(evidence, training, Arrays.copyOf(drawn, known)));
        return measurement(judge(evidence, training, level, 0, members), judge(evidence, test, level, count, others));
    }

    private double[] confidences(TargetEvidence evidence, Images images, int... rows) throws MetricFailedException {
        double[] confidences = new double[rows.length];
        for (int from = 0; from < rows.length; from += evidence.batch()) {
            evidence.checkpoint();
            int[] batch = Arrays.copyOfRange(rows, from, Math.min(rows.length, from + evidence.batch()));
            try (NDScope scope = new NDScope()) {
                NDArray shown = images.read(evidence.manager(), batch);
                RandomStream noise = evidence.random().child("noise", batch[0]);
                double[] found = Confidence.of(evidence.target(), resources.operators(), noise, shown)
                        .of(shown, labels(images, shown, batch), noise)
                        .toDoubleArray();
                System.arraycopy(found, 0, confidences, from, found.length);
            }
        }
        for (double confidence : confidences) {
            if (!Double.isFinite(confidence)) {
                throw new MetricFailedException(
                        "target: its answers are not finite numbers; train it at a lower learning rate");
            }
        }
        return confidences;
    }

    private static NDArray labels(Images images, NDArray beside, int... rows) {
        return beside.getManager()
                .create(IntStream.of(rows).mapToLong(images::label).toArray());
    }

    /**
     * @param before how many images are done, for the progress
     */
    private List<Sample> judge(TargetEvidence evidence, Images images, double level, int before, int... rows)
            throws MetricFailedException {
        double[] confidences = confidences(evidence, images, rows);
        List<Sample> samples = new ArrayList<>();
        ConfidentSearch search = new ConfidentSearch(
                evidence.target(),
                resources,
                configuration.search(Range.IMAGES),
                evidence.random().child("noise"),
                evidence::checkpoint);
        for (int from = 0; from < rows.length; from += evidence.batch()) {
            int[] batch = Arrays.copyOfRange(rows, from, Math.min(rows.length, from + evidence.batch()));
            try (NDScope scope = new NDScope()) {
                NDArray shown = images.read(evidence.manager(), batch);
                List<Found> found = search.of(shown, labels(images, shown, batch), level);
                for (int i = 0; i < batch.length; i++) {
                    samples.add(new Sample(images.label(batch[i]), confidences[from + i], found.get(i)));
                }
            }
            evidence.progress(before + (long) samples.size(), 2L * rows.length, Map.of());
        }
        return samples;
    }

    private Measurement measurement(List<Sample> members, List<Sample> others) {
        Separation separation = new Separation(scores(members), scores(others));
        String name = "DtC(" + configuration.norm().label + ")";
        List<Figure> figures = new ArrayList<>(List.of(
                new Figure("AUC of " + name, separation.auc(), Better.NEITHER, "fraction"),
                new Figure("advantage of " + name, separation.advantage(), Better.NEITHER, "fraction")));
        figures.addAll(figures("members", name, members));
        figures.addAll(figures("others", name, others));
        return new Measurement(
                figures,
                List.of(new Table("median " + name, List.of("members", "others"), perClass(members, others))),
                List.of(),
                List.of(
                        new Chart(
                                name,
                                "The smallest change with which the target is confident in an image's own class. Where none was found up to"
                                        + " the cap, the cap stands.",
                                Mark.DISTRIBUTION,
                                "",
                                UNIT,
                                List.of(
                                        Series.of("members", values(members, Sample::distance)),
                                        Series.of("others", values(others, Sample::distance)))),
                        new Chart(
                                name + " and confidence",
                                "Distance over the scaled logit of the unchanged image, log p - log(1 - p).",
                                Mark.POINTS,
                                "scaled logit",
                                UNIT,
                                List.of(series("members", members), series("others", others)))));
    }

    /** Larger for who is nearer. */
    private static double[] scores(List<Sample> samples) {
        return samples.stream().mapToDouble(sample -> -sample.distance()).toArray();
    }

    private static List<Figure> figures(String who, String name, List<Sample> samples) {
        return List.of(
                figure(who + "' median " + name, median(samples), UNIT),
                figure(
                        who + " beyond the cap of " + name,
                        share(samples, sample -> sample.found().isCensored()),
                        "fraction"),
                figure(who + " at " + name + " 0", share(samples, sample -> sample.distance() == 0), "fraction"));
    }

    private static Figure figure(String name, double value, String unit) {
        return new Figure(name, value, Better.NEITHER, unit);
    }

    private static double share(List<Sample> samples, Predicate<Sample> of) {
        return samples.stream().filter(of).count() / (double) samples.size();
    }

    private static List<Double> values(List<Sample> samples, ToDoubleFunction<Sample> of) {
        return samples.stream().mapToDouble(of).boxed().toList();
    }

    private static Series series(String who, List<Sample> samples) {
        return Series.of(who, values(samples, Sample::confidence), values(samples, Sample::distance));
    }

    private static List<Row> perClass(List<Sample> members, List<Sample> others) {
        TreeSet<Integer> classes = new TreeSet<>();
        members.forEach(sample -> classes.add(sample.label()));
        others.forEach(sample -> classes.add(sample.label()));
        return classes.stream()
                .map(one -> new Row(one, List.of(median(of(one, members)), median(of(one, others)))))
                .toList();
    }

    private static List<Sample> of(int label, List<Sample> samples) {
        return samples.stream().filter(sample -> sample.label() == label).toList();
    }

    /** NaN of none. */
    private static double median(List<Sample> samples) {
        return samples.isEmpty()
                ? Double.NaN
                : Separation.median(
                        samples.stream().mapToDouble(Sample::distance).toArray());
    }
}
