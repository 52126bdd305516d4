package org.obverse.engine.study;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.obverse.api.attack.Attack;
import org.obverse.api.attack.Candidates;
import org.obverse.api.attack.LatentPoints;
import org.obverse.api.attack.Optimizer;
import org.obverse.api.attack.Sampler;
import org.obverse.api.attack.Selector;
import org.obverse.api.attack.Stage;
import org.obverse.api.data.Dataset;
import org.obverse.api.data.Images;
import org.obverse.api.data.Part;
import org.obverse.api.data.Pooled;
import org.obverse.api.generator.Generator;
import org.obverse.api.generator.GeneratorArchitecture;
import org.obverse.api.metric.Evidence;
import org.obverse.api.metric.Judged;
import org.obverse.api.metric.Measurement;
import org.obverse.api.metric.MetricFailedException;
import org.obverse.api.metric.ReconstructionMetric;
import org.obverse.api.metric.TargetMetric;
import org.obverse.api.network.ClassifierArchitecture;
import org.obverse.api.network.Parameters;
import org.obverse.api.oracle.LabelOracle;
import org.obverse.api.plugin.Component;
import org.obverse.api.plugin.InvalidConfigurationException;
import org.obverse.api.plugin.Kind;
import org.obverse.api.plugin.Meaning;
import org.obverse.api.plugin.Plugin;
import org.obverse.api.plugin.Problem;
import org.obverse.api.plugin.Requirements;
import org.obverse.api.plugin.Requirements.Granularity;
import org.obverse.api.plugin.Requirements.Reading;
import org.obverse.api.plugin.Resources;
import org.obverse.api.plugin.Use;
import org.obverse.engine.training.LinearClassifier;

/**
 * An attack that fits on a page: points in the plane, softmax regression, and an optimizer that shrinks its points. It can
 * be told to misbehave.
 */
public final class TinyPlugin implements Plugin {
    /** What {@code leaky} leaves behind in each of two managers whenever it is called. */
    static final int LEFT = 1000;

    /** How often the optimizer was called, over all runs. */
    final AtomicInteger optimized = new AtomicInteger();

    /** How often a classifier was built, be it to be asked, trained or opened. */
    final AtomicInteger built = new AtomicInteger();

    /** What the optimizer does before its work. */
    volatile Runnable misbehaviour = () -> {};

    /** What happens whenever points are sampled. */
    volatile Runnable sampling = () -> {};

    /** What happens whenever its data set is made. */
    volatile Runnable opening = () -> {};

    /** What {@code leaky} left behind. */
    final List<NDArray> left = new CopyOnWriteArrayList<>();

    /** Of that, how much was there still when it was called again. */
    final List<Long> stillThere = new CopyOnWriteArrayList<>();

    record Dots(@Meaning("classes") int classes) {}

    record Portions(
            @Meaning("classes") int classes,

            @Meaning("dots of each class that the target sees")
            int training) implements Pooled {
        @Override
        public Portions pooled() {
            return new Portions(classes, 1);
        }
    }

    record Nothing() {}

    record Start(@Meaning("candidates per class") int candidates) {}

    record Verdict(@Meaning("the judge") String judge) implements Judged {}

    record Cropped(@Meaning("whose crop is taken") String judge) implements Judged {
        @Override
        public Basis basis() {
            return Basis.CROP;
        }
    }

    record Shrink(
            @Meaning("factor") double factor,
            @Meaning("label queries per candidate") int queries) {}

    @Override
    public String id() {
        return "tiny";
    }

    @Override
    public String version() {
        return "1";
    }

    @Override
    public List<Component<?, ?>> components() {
        return List.of(
                new Component<>(Kind.DATASET, "dots", "", new Dots(4), (dots, resources) -> {
                    opening.run();
                    return new DotImages(dots.classes());
                }),
                new Component<>(
                        Kind.DATASET,
                        "portioned-dots",
                        "",
                        new Portions(4, 5),
                        (portions, resources) -> new DotImages(portions.classes())),
                new Component<>(Kind.CLASSIFIER, "linear", "", new Nothing(), (none, resources) -> architecture()),
                new Component<>(Kind.GENERATOR, "plane", "", new Nothing(), (none, resources) -> new Plane()),
                new Component<>(
                        Kind.SAMPLER,
                        "random",
                        "",
                        new Start(2),
                        start -> Requirements.none()
                                .candidates(start.candidates())
                                .granularity(Granularity.ALL_CLASSES),
                        (start, resources) -> sampler(start)),
                new Component<>(
                        Kind.OPTIMIZER,
                        "shrink",
                        "",
                        new Shrink(0.5, 1),
                        shrink -> Requirements.none().access(LabelOracle.class),
                        (shrink, resources) -> optimizer(shrink)),
                new Component<>(
                        Kind.OPTIMIZER,
                        "vandal",
                        "",
                        new Nothing(),
                        none -> Requirements.none(),
                        (none, resources) -> vandal()),
                new Component<>(
                        Kind.OPTIMIZER,
                        "lost",
                        "",
                        new Nothing(),
                        none -> Requirements.none(),
                        (none, resources) -> lost()),
                new Component<>(
                        Kind.OPTIMIZER,
                        "leaky",
                        "",
                        new Nothing(),
                        none -> Requirements.none(),
                        (none, resources) -> leaky(resources)),
                new Component<>(
                        Kind.SELECTOR,
                        "first",
                        "",
                        new Nothing(),
                        none -> Requirements.none(),
                        (none, resources) -> first()),
                new Component<>(
                        Kind.SELECTOR, "picky", "", new Nothing(), none -> Requirements.none(), (none, resources) -> {
                            throw new InvalidConfigurationException(
                                    new Problem("taste", "nothing is good enough", "choose another selector"));
                        }),
                new Component<>(
                        Kind.SELECTOR, "absent", "", new Nothing(), none -> Requirements.none(), (none, resources) -> {
                            throw InvalidConfigurationException.missing(
                                    List.of(new Problem("file", "it is not there", "put it there")));
                        }),
                new Component<>(
                        Kind.SELECTOR,
                        "asking",
                        "",
                        new Nothing(),
                        none -> Requirements.none().access(LabelOracle.class),
                        (none, resources) -> asking()),
                new Component<>(Kind.METRIC, "count", "", new Nothing(), (none, resources) -> count()),
                new Component<>(
                        Kind.METRIC,
                        "way",
                        "",
                        new Nothing(),
                        none -> Requirements.none().reads(Reading.SNAPSHOTS),
                        (none, resources) -> count()),
                new Component<>(Kind.METRIC, "cropped", "", new Cropped(""), (cropped, resources) -> judged()),
                new Component<>(Kind.METRIC, "judged", "", new Verdict(""), (verdict, resources) -> judged()),
                new Component<>(Kind.METRIC, "curious", "", new Nothing(), (none, resources) -> curious()),
                new Component<>(
                        Kind.METRIC, "curious-of-target", "", new Nothing(), (none, resources) -> curiousOfTarget()),
                new Component<>(
                        Kind.METRIC,
                        "candid",
                        "",
                        new Nothing(),
                        none -> Requirements.none().data(Part.TEST),
                        (none, resources) -> curious()),
                new Component<>(
                        Kind.METRIC,
                        "vandal-of-target",
                        "",
                        new Turn(1),
                        turn -> Requirements.none().data(Part.TRAINING),
                        (turn, resources) -> vandalOfTarget()),
                new Component<>(Kind.METRIC, "undefined", "", new Nothing(), (none, resources) -> undefined()),
                new Component<>(
                        Kind.ATTACK,
                        "tiny",
                        "",
                        new Nothing(),
                        (none, resources) ->
                                new Attack(Map.of(Stage.SAMPLE, Use.of("random"), Stage.OPTIMIZE, Use.of("shrink")))));
    }

    private ClassifierArchitecture architecture() {
        return (input, classes, parameters) -> {
            built.incrementAndGet();
            return new LinearClassifier(Math.toIntExact(input.get(0)), classes, parameters);
        };
    }

    private Sampler sampler(Start start) {
        return context -> {
            sampling.run();
            List<Integer> classes = context.classes().stream()
                    .flatMap(c -> Collections.nCopies(start.candidates(), c).stream())
                    .toList();
            float[] values = new float[classes.size() * 2];
            for (int i = 0; i < classes.size(); i++) {
                var stream = context.random().child("class", classes.get(i)).child("candidate", i % start.candidates());
                values[2 * i] = (float) stream.gaussian();
                values[2 * i + 1] = (float) stream.gaussian();
            }
            NDArray points = context.manager().create(values, new Shape(classes.size(), 2));
            return new Candidates(
                    new LatentPoints(context.generator(), points),
                    classes,
                    Collections.nCopies(classes.size(), 0.0),
                    List.of());
        };
    }

    private Optimizer optimizer(Shrink shrink) {
        return (start, context) -> {
            optimized.incrementAndGet();
            misbehaviour.run();
            context.onBudgetSpent(() -> unmoved(start));
            LabelOracle target = context.target(LabelOracle.class);
            for (int i = 0; i < shrink.queries(); i++) {
                context.checkpoint();
                target.labels(start.draw(
                        1, context.random(), IntStream.range(0, start.size()).toArray()));
            }
            NDArray points = start.representation().variables().head().mul((float) shrink.factor());
            return new Candidates(
                    new LatentPoints(context.generator(), points),
                    start.classes(),
                    start.scores(),
                    List.of(new Candidates.Curve(
                            "loss",
                            start.classes().stream()
                                    .map(c -> new float[] {c, 0})
                                    .toList())));
        };
    }

    /** Writes into what it was lent. */
    private static Optimizer vandal() {
        return (start, context) -> {
            start.representation().variables().forEach(lent -> lent.muli(0f));
            return start;
        };
    }

    /** Its loss is no number in any of two steps. */
    private static Optimizer lost() {
        return (start, context) -> new Candidates(
                start.representation(),
                start.classes(),
                start.scores(),
                List.of(new Candidates.Curve(
                        "loss", Collections.nCopies(start.size(), new float[] {Float.NaN, Float.NaN}))));
    }

    /** Leaves arrays behind wherever it can, and says how many of those of earlier calls are there still. */
    private Optimizer leaky(Resources resources) {
        return (start, context) -> {
            stillThere.add(left.stream().filter(array -> !array.isReleased()).count());
            for (int i = 0; i < LEFT; i++) {
                left.add(resources.manager().zeros(new Shape(1)));
                left.add(context.manager().zeros(new Shape(1)));
            }
            return start;
        };
    }

    /** As an optimizer emits it before its first step: the curve has begun and has no step. */
    private static Candidates unmoved(Candidates start) {
        return new Candidates(
                start.representation(),
                start.classes(),
                start.scores(),
                List.of(new Candidates.Curve("loss", Collections.nCopies(start.size(), new float[0]))));
    }

    private static Selector first() {
        return (found, context) -> {
            context.onBudgetSpent(() -> found);
            return found.rows(context.classes().stream()
                    .mapToInt(wanted -> found.of(wanted)[0])
                    .toArray());
        };
    }

    private static Selector asking() {
        return (found, context) -> {
            context.onBudgetSpent(() -> found);
            int[] all = IntStream.range(0, found.size()).toArray();
            context.target(LabelOracle.class).labels(found.draw(1, context.random(), all));
            return found;
        };
    }

    private static ReconstructionMetric count() {
        return evidence -> Measurement.of(new Measurement.Figure(
                "candidates", evidence.candidates().size(), Measurement.Better.NEITHER, "candidates"));
    }

    private static ReconstructionMetric judged() {
        return evidence -> Measurement.of(new Measurement.Figure(
                evidence.judge().name(), evidence.candidates().size(), Measurement.Better.NEITHER, "candidates"));
    }

    private static ReconstructionMetric curious() {
        return evidence -> Measurement.of(new Measurement.Figure(
                "images", evidence.data().images(Part.TEST).size(), Measurement.Better.NEITHER, "test images"));
    }

    private static TargetMetric curiousOfTarget() {
        return evidence -> {
            Evidence.EvaluationModel model = new Evidence.EvaluationModel("target", evidence.target(), 0);
            return Measurement.of(new Measurement.Figure(
                    "images", evidence.images(Part.TEST, model).size(), Measurement.Better.NEITHER, "test images"));
        };
    }

    record Turn(int number) {}

    /** Says what it found, and then writes over it. */
    private static TargetMetric vandalOfTarget() {
        return evidence -> {
            double found = 0;
            for (NDArray weights : evidence.target().parameters().all().values()) {
                found += weights.abs().sum().getFloat();
                weights.muli(0f);
            }
            NDArray images = evidence.data().images(Part.TRAINING).read(evidence.manager(), 0, 1);
            found += images.abs().sum().getFloat();
            images.muli(0f);
            return Measurement.of(
                    new Measurement.Figure("found", found, Measurement.Better.NEITHER, "sum of all magnitudes"));
        };
    }

    private static ReconstructionMetric undefined() {
        return evidence -> {
            throw new MetricFailedException("there is nothing to measure; this metric never works");
        };
    }

    private record Plane() implements GeneratorArchitecture, Generator {
        @Override
        public String weights() {
            return "";
        }

        @Override
        public Generator build(Parameters parameters) {
            return this;
        }

        @Override
        public int latentSize() {
            return 2;
        }

        @Override
        public Shape image() {
            return new Shape(2);
        }

        @Override
        public Shape searchSpace() {
            return new Shape(2);
        }

        @Override
        public NDArray locate(NDArray z) {
            return z;
        }

        @Override
        public NDArray generate(NDArray points) {
            return points;
        }
    }

    private record DotImages(int classes) implements Dataset, Images {
        @Override
        public List<String> classNames() {
            return Dataset.numbered(classes());
        }

        @Override
        public Shape shape() {
            return new Shape(2);
        }

        @Override
        public Set<Part> parts() {
            return Set.of(Part.TRAINING, Part.POOL, Part.TEST);
        }

        @Override
        public Images images(Part part) {
            return this;
        }

        @Override
        public int size() {
            return 5 * classes;
        }

        @Override
        public int label(int index) {
            return index % classes;
        }

        @Override
        public NDArray read(NDManager manager, int... indices) {
            float[] values = new float[2 * indices.length];
            for (int i = 0; i < indices.length; i++) {
                values[2 * i] = (float) Math.cos(label(indices[i]) + 0.01 * indices[i]);
                values[2 * i + 1] = (float) Math.sin(label(indices[i]) + 0.01 * indices[i]);
            }
            return manager.create(values, new Shape(indices.length, 2));
        }
    }
}
