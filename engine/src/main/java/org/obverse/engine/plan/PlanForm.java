package org.obverse.engine.plan;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.obverse.api.attack.Stage;
import org.obverse.api.plugin.Kind;
import org.obverse.api.training.TrainingRecipe;

/**
 * Which keys a plan may have. The sections that plans are read by, {@code describe plan} and the schema of plans are made of this, so
 * that none of them knows a key that another does not.
 */
public final class PlanForm {
    private static final Key OF_TARGET = new Key(
            ModelEntries.TARGET,
            "name of a target of the plan; may be left out where there is one",
            new Free("a name", Shape.TEXT));

    private static final List<Key> KEYS = List.of(
            new Key("name", "of the run, and of its folder; the file's if left out", new Free("text", Shape.TEXT)),
            new Key("seeds", "one per purpose", new Settings(Seeds.DEFAULT, List.of())),
            new Key(
                    "data",
                    "whose people the targets learn; the one section that every plan has",
                    new Chosen(Kind.DATASET, List.of())),
            new Key(ModelEntries.TARGET, "the model under attack, where there is one", target()),
            new Key(ModelEntries.TARGETS, "models under attack by names of your own", new Named(target())),
            new Key(
                    ModelEntries.EVALUATION,
                    "models that judge reconstructions, by names of your own",
                    new Named(judge())),
            new Key("generator", "the prior that attacks search", new Chosen(Kind.GENERATOR, List.of())),
            new Key("attack", "how images of the people are searched for", attack()),
            new Key(MembershipPlan.SECTION, "who asks which samples a target was trained on", membership()),
            new Key(
                    ControlBinding.SECTION,
                    "what is judged beside the attack though no search found it: nulls and ceilings",
                    components(Kind.CONTROL)),
            new Key(
                    "metrics",
                    "what is measured",
                    components(
                            Kind.METRIC,
                            new Key(
                                    ModelEntries.TARGET,
                                    "name of the target that is judged, or whose attack is; the attacked one if left out",
                                    new Free("a name", Shape.TEXT)),
                            new Key(
                                    MetricBinding.OF,
                                    "the stage whose candidates are judged; the last if left out",
                                    new Free("sample, optimize or select", Shape.TEXT)))),
            new Key(
                    Ground.KEY,
                    "on which grounds the plan's evaluation may be doubted, each by name; what is not accepted is not measured",
                    new Listed(Arrays.stream(Ground.values())
                            .map(ground -> new Word(ground.label(), ground.meaning()))
                            .toList())),
            new Key(
                    "listeners",
                    "who is told what happens",
                    components(
                            Kind.LISTENER,
                            new Key(
                                    ListenerKeys.KEY,
                                    "whether the run goes on when the listener fails",
                                    new Free("true or false", Shape.TRUTH)))),
            new Key(
                    "execution",
                    "on what, and in which portions, is computed",
                    new Settings(
                            Execution.DEFAULT,
                            List.of(
                                    new Key(
                                            PlanBinding.PLACES,
                                            "where units are performed, in place of workers",
                                            components(Kind.PLACE)),
                                    new Key(
                                            PlanBinding.STORE,
                                            "what the run shares with runs on other machines, beside its folder",
                                            new Chosen(Kind.STORE, List.of()))))),
            new Key(
                    StudyTree.STUDY,
                    "one run for each combination of values, or for each change of one thing",
                    new Group(List.of(
                            new Key(
                                    StudyTree.AXES,
                                    "{ dotted.key: [ value, … ] }, or { dotted.key: { name: value, … } }",
                                    new Free("keys and lists", Shape.MAPPING)),
                            new Key(
                                    Swaps.KEY,
                                    "changes of which each makes one run: dotted.key=value, or ~dotted.key",
                                    new Free("a list of texts", Shape.TEXTS))))));

    /** One key of a plan. */
    public record Key(String name, String meaning, Value value) {}

    /** What stands behind a key. */
    public sealed interface Value {}

    /**
     * Keys and values of a record.
     *
     * @param beside keys that are not the record's
     */
    public record Settings(Record defaults, List<Key> beside) implements Value {
        public Settings {
            beside = List.copyOf(beside);
        }
    }

    /** Keys that belong to no record. */
    public record Group(List<Key> keys) implements Value {
        public Group {
            keys = List.copyOf(keys);
        }
    }

    /**
     * A component of a kind, {@code { use: NAME, … }} with its keys.
     *
     * @param beside keys of the plan that stand among the component's
     */
    public record Chosen(Kind<?> kind, List<Key> beside) implements Value {
        public Chosen {
            beside = List.copyOf(beside);
        }
    }

    /** A stage of an attack: a component, or changes of the one that the attack brings, or {@code none}. */
    public record Changed(Chosen component) implements Value {}

    /** A component, or its name alone. */
    public record Brief(Chosen component) implements Value {}

    /** A list. */
    public record Items(Value each) implements Value {}

    /** Values under names of the plan's own. */
    public record Named(Value each) implements Value {}

    /** A list of these words. */
    public record Listed(List<Word> words) implements Value {
        public Listed {
            words = List.copyOf(words);
        }
    }

    /** A word, and what it says. */
    public record Word(String word, String meaning) {}

    /**
     * Anything else.
     *
     * @param form in words
     */
    public record Free(String form, Shape shape) implements Value {}

    /** What a free value looks like. */
    public enum Shape {
        TEXT,
        TRUTH,
        TEXTS,
        MAPPING,
        ANY
    }

    private PlanForm() {}

    /** In the order in which plans are best read. */
    public static List<Key> keys() {
        return KEYS;
    }

    /** The names of the sections. */
    static Set<String> sections() {
        Set<String> names = new LinkedHashSet<>();
        KEYS.forEach(key -> names.add(key.name()));
        return names;
    }

    /**
     * A list of components, each with its keys or by its name alone.
     *
     * @param beside keys of the plan that stand among a component's
     */
    private static Value components(Kind<?> kind, Key... beside) {
        return new Items(new Brief(new Chosen(kind, List.of(beside))));
    }

    private static Value target() {
        return new Settings(
                TargetKeys.of(Seeds.DEFAULT.training()),
                List.of(
                        new Key(ModelBinding.CLASSIFIER, "its network", new Chosen(Kind.CLASSIFIER, List.of())),
                        training(),
                        new Key(
                                ModelBinding.DEFENSE,
                                "what keeps it from giving away people",
                                components(Kind.DEFENSE)),
                        like()));
    }

    private static Value judge() {
        return new Settings(
                EvaluationKeys.of(Seeds.DEFAULT.evaluation()),
                List.of(
                        new Key(ModelBinding.CLASSIFIER, "its network", new Chosen(Kind.CLASSIFIER, List.of())),
                        training(),
                        like()));
    }

    private static Key training() {
        return new Key(
                ModelEntries.TRAINING,
                "how it is trained, unless weights are loaded",
                new Settings(TrainingRecipe.DEFAULT, List.of()));
    }

    private static Key like() {
        return new Key(
                ModelEntries.LIKE,
                "name of another model of the section, whose keys are taken over where this one has none",
                new Free("a name", Shape.TEXT));
    }

    private static Value attack() {
        return new Chosen(
                Kind.ATTACK,
                List.of(
                        OF_TARGET,
                        new Key(
                                "classes",
                                "who is attacked: all, [ anna, 17 ] by name or number, or { random: N }; all if left out",
                                new Free("all, a list of classes, or { random: N }", Shape.ANY)),
                        new Key(
                                "stages",
                                "what the plan changes of the attack's stages; none leaves a stage out",
                                new Group(Arrays.stream(Stage.values())
                                        .map(stage -> new Key(
                                                stage.label(),
                                                "",
                                                new Changed(new Chosen(RecipeKeys.kind(stage), List.of(OF_TARGET)))))
                                        .toList()))));
    }

    private static Value membership() {
        return new Settings(
                MembershipKeys.DEFAULT,
                List.of(OF_TARGET, new Key(MembershipPlan.ATTACKS, "who asks", components(Kind.MEMBERSHIP_ATTACK))));
    }
}
