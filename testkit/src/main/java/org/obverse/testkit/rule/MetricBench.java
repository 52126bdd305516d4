package org.obverse.testkit.rule;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.obverse.api.attack.Attack;
import org.obverse.api.attack.Candidates;
import org.obverse.api.attack.FixedImages;
import org.obverse.api.attack.Stage;
import org.obverse.api.data.Images;
import org.obverse.api.data.Part;
import org.obverse.api.metric.Evidence.EvaluationModel;
import org.obverse.api.metric.Measurement;
import org.obverse.api.metric.Metric;
import org.obverse.api.metric.MetricFailedException;
import org.obverse.api.network.Classifier;
import org.obverse.api.network.Tap;
import org.obverse.api.plugin.Use;
import org.obverse.engine.plan.PlannedComponent;
import org.obverse.testkit.bench.Bench;
import org.obverse.testkit.bench.BenchEvidence;

/** Candidates, and scores of membership attacks, whose worth is known, to be judged by metrics. */
final class MetricBench {
    /** What a configuration may call the evaluation models. */
    static final Set<String> JUDGES = Set.of("judge", "mistaken");

    private static final int PER_CLASS = 4;
    private static final int BATCH = 64;

    /** Images that may pass at once in {@link MetricCase#MIXED_IN_SMALL_BATCHES}. */
    static final int SMALL_BATCH = 3;

    private final Bench bench;
    private final Optional<Candidates> found;
    private final Classifier mistaken;
    private long pixels;
    private boolean looked;
    private Set<Part> parts = Set.of();
    private String drawn = "";

    private MetricBench(Subject<?> subject) {
        this.bench = subject.bench();
        this.mistaken = bench.mistaken();
        String attack = bench.layout().attack();
        this.found = attack.isEmpty()
                ? Optional.empty()
                : new Recipe(bench, subject.notes(), stages(subject, attack)).found();
    }

    static MetricBench of(Subject<?> subject) {
        return subject.once(MetricBench.class, () -> new MetricBench(subject));
    }

    private static Map<Stage, Use> stages(Subject<?> subject, String attack) {
        Attack recipe = subject.bench().components().recipe(subject.notes().settled("attack", Use.of(attack)));
        return new LinkedHashMap<>(recipe.stages());
    }

    /**
     * @throws BesideThePoint if the candidates are those of an attack, which nobody knows to be good or bad
     */
    void requireOwnCases() {
        if (found.isPresent()) {
            throw new BesideThePoint(
                    "it judges what the attack '" + bench.layout().attack() + "' finds");
        }
    }

    /** The activations that the evaluation models show. */
    Set<String> taps() {
        return mistaken.taps().stream().map(Tap::name).collect(Collectors.toUnmodifiableSet());
    }

    /** Images that the metric asked for so far; changes with what it looks at. */
    long pixels() {
        return pixels;
    }

    /** Whether the metric last looked at images of candidates, or asked a model. */
    boolean looked() {
        return looked;
    }

    /** Parts of the data that the metric last read. */
    Set<Part> partsRead() {
        return parts;
    }

    /** A fingerprint of the pictures and charts that were measured last, whose arrays are gone. */
    String drawn() {
        return drawn;
    }

    Measurement measure(PlannedComponent<Metric> chosen, MetricCase shown) throws MetricFailedException {
        return measure(chosen, shown, Course.whole(bench));
    }

    /** Lets a metric judge that is made for this once. */
    Measurement measure(PlannedComponent<Metric> chosen, MetricCase shown, Course course) throws MetricFailedException {
        try (NDManager own = bench.torch().manager().newSubManager()) {
            return measure(chosen, chosen.create(bench.resources(chosen.plugin(), own)), shown, course);
        }
    }

    /**
     * Lets a metric judge; the arrays of the evidence are gone when it has.
     *
     * @param metric made of {@code chosen}
     */
    Measurement measure(PlannedComponent<Metric> chosen, Metric metric, MetricCase shown, Course course)
            throws MetricFailedException {
        try (NDManager manager = bench.torch().manager().newSubManager();
                NDScope scope = new NDScope()) {
            BenchEvidence evidence = evidence(shown, manager, course);
            long asked = bench.target().images();
            Measurement measured = evidence.measure(chosen, metric);
            pixels = evidence.read();
            parts = evidence.parts();
            looked = pixels > 0 || bench.target().images() > asked;
            Fingerprint seen = new Fingerprint();
            measured.pictures()
                    .forEach(picture ->
                            seen.text(picture.name()).text(picture.caption()).array(picture.pixels()));
            seen.text(measured.charts().toString());
            drawn = seen.end();
            return new Measurement(measured.figures(), measured.tables(), List.of());
        }
    }

    private BenchEvidence evidence(MetricCase shown, NDManager manager, Course course) {
        Classifier judge = bench.target();
        Classifier target = switch (shown) {
            case ALL_BAD -> BenchEvidence.mistaken(judge);
            case NOT_FINITE -> BenchEvidence.speechless(judge);
            default -> judge;
        };
        Shape image = bench.generator().image();
        int inner = image.dimension() == 3 ? Math.toIntExact(image.get(1) / 2) : 0;
        List<EvaluationModel> judges =
                List.of(new EvaluationModel("judge", judge, 0), new EvaluationModel("mistaken", mistaken, inner));
        int batch = shown == MetricCase.MIXED_IN_SMALL_BATCHES ? SMALL_BATCH : BATCH;
        Candidates candidates = candidates(shown, manager);
        return new BenchEvidence(
                bench,
                new BenchEvidence.Shown(
                        target, judges, candidates, shown.scores(bench.data().classes())),
                manager,
                batch,
                course);
    }

    private Candidates candidates(MetricCase shown, NDManager manager) {
        Candidates mixed = found.orElseGet(() -> training(shown, manager));
        return switch (shown) {
            case MIXED_REVERSED -> mixed.rows(reversedClasses(mixed));
            case ONE_ALONE -> mixed.rows(0);
            case NOT_FINITE -> notFinite(mixed, manager);
            default -> mixed;
        };
    }

    private int[] reversedClasses(Candidates candidates) {
        List<Integer> classes = new ArrayList<>(bench.classes());
        Collections.reverse(classes);
        return classes.stream()
                .flatMapToInt(wanted -> Arrays.stream(candidates.of(wanted)))
                .toArray();
    }

    private Candidates notFinite(Candidates candidates, NDManager manager) {
        Shape image = bench.generator().image();
        NDArray images = manager.full(new Shape(candidates.size()).addAll(image), Float.NaN);
        return new Candidates(
                new FixedImages(images),
                candidates.classes(),
                candidates.scores(),
                candidates.curves(),
                List.of(new Candidates.Snapshot(0, new FixedImages(images))));
    }

    private Candidates training(MetricCase shown, NDManager manager) {
        Images images = bench.data().images(Part.TRAINING);
        List<Integer> classes = new ArrayList<>();
        List<Integer> rows = new ArrayList<>();
        for (int wanted : bench.classes()) {
            for (int i = 0; i < PER_CLASS; i++) {
                boolean good = shown == MetricCase.ALL_GOOD || (shown != MetricCase.ALL_BAD && i <= wanted % PER_CLASS);
                int taken = good ? wanted : (wanted + 1) % bench.data().classes();
                rows.add(sample(images, taken, i));
                classes.add(wanted);
            }
        }
        NDArray read = images.read(
                        manager, rows.stream().mapToInt(Integer::intValue).toArray())
                .mul(contrast(rows, classes, images, manager));
        return new Candidates(
                new FixedImages(read),
                classes,
                Collections.nCopies(classes.size(), Double.NaN),
                List.of(),
                List.of(
                        new Candidates.Snapshot(0, new FixedImages(read.mul(0.5f))),
                        new Candidates.Snapshot(2, new FixedImages(read))));
    }

    /** Images of other classes are faint, so that as a whole they are not distributed like the private ones either. */
    private static NDArray contrast(List<Integer> rows, List<Integer> classes, Images images, NDManager manager) {
        float[] factors = new float[rows.size()];
        for (int i = 0; i < factors.length; i++) {
            factors[i] = images.label(rows.get(i)) == classes.get(i) ? 1 : 0.5f;
        }
        long[] perImage = new long[1 + images.shape().dimension()];
        Arrays.fill(perImage, 1);
        perImage[0] = factors.length;
        return manager.create(factors, new Shape(perImage));
    }

    private static int sample(Images images, int wanted, int number) {
        int left = number;
        for (int i = 0; i < images.size(); i++) {
            if (images.label(i) == wanted && left-- == 0) {
                return i;
            }
        }
        throw new IllegalStateException("class " + wanted + " has too few training images");
    }
}
