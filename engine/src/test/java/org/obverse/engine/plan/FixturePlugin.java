package org.obverse.engine.plan;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.obverse.api.attack.Attack;
import org.obverse.api.attack.Stage;
import org.obverse.api.data.Part;
import org.obverse.api.defense.Defense;
import org.obverse.api.defense.DefensePart;
import org.obverse.api.event.RunListener;
import org.obverse.api.generator.Generator;
import org.obverse.api.generator.Mapped;
import org.obverse.api.metric.FeatureBased;
import org.obverse.api.metric.Judged;
import org.obverse.api.metric.JudgedByPanel;
import org.obverse.api.metric.MetricFailedException;
import org.obverse.api.metric.ReconstructionMetric;
import org.obverse.api.metric.TargetMetric;
import org.obverse.api.network.Finished;
import org.obverse.api.network.Pretrained;
import org.obverse.api.network.Tap;
import org.obverse.api.oracle.LabelOracle;
import org.obverse.api.oracle.ScoreOracle;
import org.obverse.api.oracle.WhiteBox;
import org.obverse.api.plugin.Checked;
import org.obverse.api.plugin.Component;
import org.obverse.api.plugin.InputFile;
import org.obverse.api.plugin.InvalidConfigurationException;
import org.obverse.api.plugin.Kind;
import org.obverse.api.plugin.Meaning;
import org.obverse.api.plugin.Plugin;
import org.obverse.api.plugin.Problem;
import org.obverse.api.plugin.Requirements;
import org.obverse.api.plugin.Use;
import org.obverse.engine.plan.FixtureNetworks.Linear;
import org.obverse.engine.plan.FixtureNetworks.Squares;

/** One component of every kind, with requirements to check; none of them computes anything. */
public final class FixturePlugin implements Plugin {
    @Override
    public String id() {
        return "fixture";
    }

    @Override
    public String version() {
        return "1.0.0";
    }

    @Override
    public List<Component<?, ?>> components() {
        List<Component<?, ?>> all = new ArrayList<>(List.of(
                new Component<>(
                        Kind.DATASET,
                        "squares",
                        "Squares.",
                        new SquaresKeys(50),
                        (keys, resources) -> new Squares(keys.identities())),
                new Component<>(
                        Kind.CLASSIFIER,
                        "linear",
                        "A layer.",
                        new LinearKeys(8),
                        (keys, resources) -> (input, classes, parameters) -> new Linear(classes)),
                new Component<>(
                        Kind.CLASSIFIER,
                        "residual",
                        "Layers.",
                        new ResidualKeys(""),
                        (keys, resources) -> (input, classes, parameters) -> new Linear(classes)),
                new Component<>(
                        Kind.CLASSIFIER,
                        "sealed",
                        "A program.",
                        new SealedKeys(),
                        (keys, resources) -> (input, classes, parameters) -> new Linear(classes)),
                new Component<>(
                        Kind.GENERATOR,
                        "blobs",
                        "Blobs.",
                        new BlobsKeys("builtin:blobs"),
                        (keys, resources) -> new FixtureNetworks.Blobs(keys.weights()))));
        all.addAll(defenses());
        all.addAll(stages());
        all.addAll(judges());
        return all;
    }

    private static List<Component<?, ?>> defenses() {
        return List.of(
                defense(
                        "smoothing",
                        new SmoothingKeys(0, 75),
                        keys -> new FixtureDefenses.Smoothing(keys.alpha(), keys.from())),
                defense("tapping", new TappingKeys("penultimate"), keys -> new FixtureDefenses.Tapping(keys.tap())),
                defense("replacing", new ReplacingKeys(1), keys -> new FixtureDefenses.Replacing(keys.weight())),
                defense("bounding", new NoKeys(), keys -> new FixtureDefenses.Bounding()),
                defense("mixing", new ReplacingKeys(1), keys -> new FixtureDefenses.Mixing(keys.weight())),
                defense("coupling", new ReplacingKeys(1), keys -> new FixtureDefenses.Coupling(keys.weight())),
                defense("transferring", new TappingKeys("fc."), keys -> new FixtureDefenses.Transferring(keys.tap())),
                defense("appending", new ReplacingKeys(0.2), keys -> new FixtureDefenses.Appending(keys.weight())),
                defense("choosing", new NoKeys(), keys -> new FixtureDefenses.Choosing()),
                defense("rounding", new NoKeys(), keys -> new FixtureDefenses.Rounding()));
    }

    private static <C extends Record> Component<C, Defense> defense(
            String name, C defaults, Function<C, DefensePart> part) {
        return new Component<>(
                Kind.DEFENSE, name, "A part.", defaults, (keys, resources) -> () -> List.of(part.apply(keys)));
    }

    private static List<Component<?, ?>> stages() {
        return List.of(
                new Component<>(Kind.ATTACK, "climb", "Climbs.", new ClimbKeys(50), (keys, resources) -> climb(keys)),
                new Component<>(Kind.ATTACK, "greedy", "Asks too early.", new NoKeys(), (keys, resources) -> {
                    resources.gradients();
                    return new Attack(Map.of());
                }),
                new Component<>(
                        Kind.PREPARER,
                        "distill",
                        "Trains a student.",
                        new DistillKeys(Use.of("linear")),
                        keys -> Requirements.none()
                                .generator(Generator.class)
                                .data(Part.PUBLIC)
                                .part("student", Kind.CLASSIFIER, keys.student()),
                        (keys, resources) -> new FixtureStages.Distill()),
                new Component<>(
                        Kind.PREPARER,
                        "invent",
                        "Trains a generator.",
                        new NoKeys(),
                        keys -> Requirements.none().data(Part.PUBLIC),
                        (keys, resources) -> new FixtureStages.Distill()),
                new Component<>(
                        Kind.SAMPLER,
                        "scatter",
                        "Draws.",
                        new ClimbKeys(7),
                        keys -> Requirements.none().access(ScoreOracle.class).generator(Generator.class),
                        (keys, resources) -> new FixtureStages.Pool()),
                new Component<>(
                        Kind.SAMPLER,
                        "still",
                        "Draws one.",
                        new NoKeys(),
                        keys -> Requirements.none().access(ScoreOracle.class).generator(Generator.class),
                        (keys, resources) -> new FixtureStages.Pool()),
                new Component<>(
                        Kind.SAMPLER,
                        "pool",
                        "Ranks.",
                        new PoolKeys(200, 50),
                        keys -> Requirements.none().access(ScoreOracle.class).generator(Generator.class),
                        (keys, resources) -> new FixtureStages.Pool()),
                new Component<>(
                        Kind.OPTIMIZER,
                        "adam",
                        "Goes down.",
                        new AdamKeys(70, 0.005, List.of(0.1, 0.1), Loss.POINCARE, new CropKeys(0.9, 1), Switch.OFF),
                        keys -> Requirements.none().access(WhiteBox.class).generator(Mapped.class),
                        (keys, resources) -> new FixtureStages.Stay()),
                new Component<>(
                        Kind.OPTIMIZER,
                        "orphan",
                        "Names what another plugin would bring.",
                        new DistillKeys(Use.of("absent")),
                        keys -> Requirements.none()
                                .access(ScoreOracle.class)
                                .part("student", Kind.CLASSIFIER, keys.student()),
                        (keys, resources) -> new FixtureStages.Stay()),
                new Component<>(
                        Kind.OPTIMIZER,
                        "walk",
                        "Walks.",
                        new WalkKeys(10),
                        keys -> Requirements.none().access(ScoreOracle.class),
                        (keys, resources) -> new FixtureStages.Stay()),
                new Component<>(
                        Kind.OPTIMIZER,
                        "guess",
                        "Guesses.",
                        new NoKeys(),
                        keys -> Requirements.none().access(LabelOracle.class).tap("middle"),
                        (keys, resources) -> new FixtureStages.Stay()),
                new Component<>(
                        Kind.SELECTOR,
                        "robust",
                        "Chooses.",
                        new RobustKeys(100),
                        keys -> Requirements.none().access(ScoreOracle.class),
                        (keys, resources) -> new FixtureStages.Keep()));
    }

    private static Attack climb(ClimbKeys keys) {
        if (keys.candidates() > 1000) {
            throw new InvalidConfigurationException(
                    new Problem("candidates", keys.candidates() + " do not fit", "use at most 1000"));
        }
        return new Attack(Map.of(
                Stage.SAMPLE, new Use("pool", Map.of("candidates", keys.candidates())),
                Stage.OPTIMIZE, new Use("adam", Map.of("steps", 20)),
                Stage.SELECT, Use.of("robust")));
    }

    private static List<Component<?, ?>> judges() {
        return List.of(
                new Component<>(
                        Kind.METRIC,
                        "leak",
                        "Trains a student.",
                        new LeakKeys(new Use("linear", Map.of("width", 16)), 30),
                        keys -> Requirements.none().data(Part.TEST).part("student", Kind.CLASSIFIER, keys.student()),
                        (keys, resources) -> (ReconstructionMetric) evidence -> {
                            throw new MetricFailedException("nothing leaks from a fixture");
                        }),
                new Component<>(
                        Kind.METRIC,
                        "recognition",
                        "Asks a judge.",
                        new RecognitionKeys(""),
                        (keys, resources) -> (ReconstructionMetric) evidence -> {
                            throw new MetricFailedException("nobody is recognised in a fixture");
                        }),
                new Component<>(
                        Kind.METRIC,
                        "likeness",
                        "Compares what a judge sees.",
                        new LikenessKeys("", Tap.PENULTIMATE),
                        (keys, resources) -> (ReconstructionMetric) evidence -> {
                            throw new MetricFailedException("nobody is alike in a fixture");
                        }),
                new Component<>(
                        Kind.METRIC,
                        "consensus",
                        "Asks several judges.",
                        new ConsensusKeys(List.of()),
                        (keys, resources) -> (ReconstructionMetric) evidence -> {
                            throw new MetricFailedException("nobody agrees in a fixture");
                        }),
                new Component<>(
                        Kind.METRIC,
                        "health",
                        "Judges the target.",
                        new NoKeys(),
                        keys -> Requirements.none(),
                        (keys, resources) -> (TargetMetric) evidence -> {
                            throw new MetricFailedException("a fixture has no health");
                        }),
                new Component<>(
                        Kind.LISTENER,
                        "tally",
                        "Counts.",
                        new TallyKeys(1),
                        (keys, resources) -> new RunListener() {}));
    }

    record NoKeys() {}

    record SquaresKeys(@Meaning("classes") int identities) implements Checked {
        @Override
        public List<Problem> check() {
            return identities > 1
                    ? List.of()
                    : List.of(new Problem("identities", identities + " cannot be told apart", "use at least 2"));
        }
    }

    record LinearKeys(@Meaning("units") int width) implements Checked {
        @Override
        public List<Problem> check() {
            return width > 0 ? List.of() : List.of(new Problem("width", "no units", "use at least 1"));
        }
    }

    record SealedKeys() implements Finished {}

    record ResidualKeys(@Meaning("a file") @InputFile String pretrained) implements Pretrained {}

    record RecognitionKeys(@Meaning("the judge") String judge) implements Judged {}

    record ConsensusKeys(@Meaning("the judges") List<String> judges) implements JudgedByPanel {}

    record LikenessKeys(
            @Meaning("the judge") String judge,
            @Meaning("what is compared") String tap) implements FeatureBased {}

    record BlobsKeys(@Meaning("a file") @InputFile String weights) {}

    record SmoothingKeys(
            @Meaning("strength") double alpha,
            @Meaning("first epoch") int from) implements Checked {
        @Override
        public List<Problem> check() {
            return alpha <= 1
                    ? List.of()
                    : List.of(new Problem("alpha", alpha + " is more than 1", "use a value in (-inf, 1]"));
        }
    }

    record ReplacingKeys(@Meaning("factor") double weight) {}

    record TappingKeys(@Meaning("activation") String tap) {}

    record ClimbKeys(@Meaning("per class") int candidates) {}

    record DistillKeys(@Meaning("who learns") Use student) {}

    record PoolKeys(
            @Meaning("size") int pool, @Meaning("per class") int candidates) implements Checked {
        @Override
        public List<Problem> check() {
            return candidates <= pool
                    ? List.of()
                    : List.of(new Problem(
                            "candidates", candidates + " are more than the pool of " + pool, "enlarge pool"));
        }
    }

    record AdamKeys(
            @Meaning("steps") int steps,
            @Meaning("step size") double learningRate,
            @Meaning("decay") List<Double> betas,
            @Meaning("objective") Loss loss,
            @Meaning("crop") CropKeys crop,
            @Meaning("clamps") Switch clip) {}

    record CropKeys(
            @Meaning("least") double least, @Meaning("most") double most) {}

    record WalkKeys(@Meaning("steps") int steps) {}

    record RobustKeys(@Meaning("rounds") int rounds) {}

    record LeakKeys(
            @Meaning("who learns") Use student,
            @Meaning("epochs") int epochs) {}

    record TallyKeys(@Meaning("every so many") int every) {}

    enum Switch {
        ON,
        OFF
    }

    enum Loss {
        @JsonProperty("poincare")
        POINCARE,
        @JsonProperty("cross-entropy")
        CROSS_ENTROPY
    }
}
