package org.obverse.engine.plan;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.obverse.api.attack.Stage;
import org.obverse.api.defense.Defense;
import org.obverse.api.network.ClassifierArchitecture;
import org.obverse.api.network.Finished;
import org.obverse.api.plugin.Kind;
import org.obverse.api.plugin.Problem;
import org.obverse.api.training.TrainingRecipe;
import org.obverse.engine.configuration.Binder;
import org.obverse.engine.configuration.Node;
import org.obverse.engine.configuration.Node.Mapping;
import org.obverse.engine.plan.ModelEntries.ModelEntry;

/** Binds the models of the sections {@code targets} and {@code evaluation}. */
final class ModelBinding {
    static final String CLASSIFIER = "classifier";
    static final String DEFENSE = "defense";

    private final Components components;
    private final Binder binder;
    private final List<Problem> problems = new ArrayList<>();

    ModelBinding(Components components, Binder binder) {
        this.components = components;
        this.binder = binder;
    }

    /**
     * @param seed of a model that gives none
     */
    Map<String, TargetPlan> targets(ModelEntries entries, long seed) {
        return bind(entries, (entry, own) -> target(entry, seed, own));
    }

    /**
     * @param seed of a model that gives none
     */
    Map<String, EvaluationPlan> evaluation(ModelEntries entries, long seed) {
        return bind(entries, (entry, own) -> evaluation(entry, seed, own));
    }

    /** Of every model, also where the model that it is like has the same. */
    List<Problem> problems() {
        return List.copyOf(problems);
    }

    private interface Bound<P> {
        Optional<P> of(ModelEntry entry, Binder own);
    }

    private <P> Map<String, P> bind(ModelEntries entries, Bound<P> bound) {
        Map<String, P> models = new LinkedHashMap<>();
        Map<String, List<Problem>> found = new LinkedHashMap<>();
        for (ModelEntry entry : entries.entries()) {
            Binder own = new Binder();
            bound.of(entry, own).ifPresent(model -> models.put(entry.name(), model));
            found.put(entry.name(), own.problems());
            problems.addAll(own.problems());
        }
        for (ModelEntry entry : entries.entries()) {
            List<Problem> others = found.getOrDefault(entry.like(), List.of());
            found.getOrDefault(entry.name(), List.of()).stream()
                    .filter(problem -> others.stream().noneMatch(other -> isTakenOver(problem, entry, other)))
                    .forEach(binder::add);
        }
        return models;
    }

    /** What is wrong with a key is said once, not of every model that takes it over. */
    private static boolean isTakenOver(Problem problem, ModelEntry entry, Problem other) {
        String below = problem.path().substring(entry.path().length());
        return other.line() == problem.line()
                && other.message().equals(problem.message())
                && other.path().endsWith("." + entry.like() + below);
    }

    private Optional<TargetPlan> target(ModelEntry entry, long seed, Binder own) {
        TargetKeys keys = own.bind(
                TargetKeys.of(seed),
                entry.whole(),
                entry.path(),
                Set.of(CLASSIFIER, ModelEntries.TRAINING, DEFENSE, ModelEntries.LIKE));
        Optional<PlannedComponent<ClassifierArchitecture>> classifier = classifier(entry, own);
        List<PlannedComponent<Defense>> defense = entry.whole()
                .get(DEFENSE)
                .map(list -> Form.components(
                        list,
                        entry.path() + "." + DEFENSE,
                        own,
                        (item, at) -> components.bind(Kind.DEFENSE, item, at, Set.of(), own)))
                .orElse(List.of());
        Origin origin = origin(entry, keys.weights(), classifier, own);
        if (origin instanceof Origin.Trained && !keys.classOrder().isEmpty()) {
            own.add(new Problem(
                    entry.path() + ".class-order",
                    entry.whole().line("class-order"),
                    "the target is trained here, in the data's own order",
                    "drop it, or give weights"));
        }
        Map<Stage, Long> budget = new EnumMap<>(Stage.class);
        keys.budget().forEach((stage, queries) -> budget.put(stage(stage), queries));
        return classifier.map(chosen -> new TargetPlan(
                entry.name(), chosen, defense, origin, keys.access(), budget, keys.classOrder(), keys.seed()));
    }

    /** Stages that do not exist were reported by the keys' own check. */
    private static Stage stage(String label) {
        return TargetKeys.STAGES.getOrDefault(label, Stage.SAMPLE);
    }

    private Optional<EvaluationPlan> evaluation(ModelEntry entry, long seed, Binder own) {
        EvaluationKeys keys = own.bind(
                EvaluationKeys.of(seed),
                entry.whole(),
                entry.path(),
                Set.of(CLASSIFIER, ModelEntries.TRAINING, ModelEntries.LIKE));
        Optional<PlannedComponent<ClassifierArchitecture>> classifier = classifier(entry, own);
        Origin origin = origin(entry, keys.weights(), classifier, own);
        return classifier.map(chosen -> new EvaluationPlan(
                entry.name(), chosen, origin, keys.crop(), keys.pixels(), keys.classes(), keys.seed()));
    }

    private Optional<PlannedComponent<ClassifierArchitecture>> classifier(ModelEntry entry, Binder own) {
        String path = entry.path() + "." + CLASSIFIER;
        Optional<Node> node = entry.whole().get(CLASSIFIER);
        if (node.isEmpty()) {
            own.add(new Problem(path, entry.whole().line(), "no classifier is named", "add classifier: { use: NAME }"));
        }
        return node.flatMap(choice -> components.bind(Kind.CLASSIFIER, choice, path, Set.of(), own));
    }

    private static Origin origin(
            ModelEntry entry,
            String weights,
            Optional<PlannedComponent<ClassifierArchitecture>> classifier,
            Binder own) {
        if (classifier.isPresent() && classifier.get().configuration() instanceof Finished) {
            for (String key : List.of(ModelEntries.TRAINING, ModelEntries.WEIGHTS)) {
                entry.own().get(key).ifPresent(node -> own.add(finished(classifier.get(), entry.path(), key, node)));
            }
            return new Origin.Own();
        }
        Optional<Node> training = entry.whole().get(ModelEntries.TRAINING);
        String path = entry.path() + "." + ModelEntries.TRAINING;
        if (!weights.isEmpty() && training.isPresent()) {
            own.add(new Problem(
                    path,
                    training.get().line(),
                    "the weights come from a file, so that nothing is trained",
                    "drop " + path + " or " + entry.path() + "." + ModelEntries.WEIGHTS));
        }
        Mapping recipe = training.flatMap(node -> Form.mapping(node, path, own)).orElse(Node.nothing());
        return weights.isEmpty()
                ? new Origin.Trained(own.bind(TrainingRecipe.DEFAULT, recipe, path))
                : new Origin.Loaded(weights);
    }

    private static Problem finished(PlannedComponent<?> classifier, String path, String key, Node node) {
        return new Problem(
                path + "." + key,
                node.line(),
                "'%s' is a finished network with weights of its own, so there is nothing to %s"
                        .formatted(classifier.name(), key.equals(ModelEntries.TRAINING) ? "train" : "load"),
                "drop " + path + "." + key + ", or choose another classifier");
    }
}
