package org.obverse.engine.plan;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import org.obverse.api.attack.Stage;
import org.obverse.api.data.Dataset;
import org.obverse.api.defense.Defense;
import org.obverse.api.event.Observer;
import org.obverse.api.generator.GeneratorArchitecture;
import org.obverse.api.metric.Metric;
import org.obverse.api.network.ClassifierArchitecture;
import org.obverse.api.network.Finished;
import org.obverse.api.plugin.Kind;
import org.obverse.api.plugin.Problem;
import org.obverse.api.training.TrainingRecipe;
import org.obverse.engine.configuration.Binder;
import org.obverse.engine.configuration.Node;
import org.obverse.engine.configuration.Node.Mapping;
import org.obverse.engine.configuration.Node.Sequence;

/** Binds the tree of one cell, section by section; a section that fails is left out and its problems are kept. */
final class PlanBinding {
    private static final Set<String> SECTIONS = Set.of(
            "name",
            "seeds",
            "data",
            "target",
            "evaluation",
            "generator",
            "attack",
            "metrics",
            "observers",
            "execution",
            "study");

    private final Components components;
    private final Mapping root;
    private final Binder binder = new Binder();

    PlanBinding(Components components, Mapping root) {
        this.components = components;
        this.root = root;
    }

    List<Problem> problems() {
        return binder.problems();
    }

    /** Nothing if there are problems. */
    Optional<Plan> bind(String name) {
        binder.refuseUnknown(root, "", SECTIONS);
        binder.bind(new Named(name), only("name"), "");
        Seeds seeds = binder.bind(Seeds.DEFAULT, section("seeds"), "seeds");
        Execution execution = binder.bind(Execution.DEFAULT, section("execution"), "execution");
        Optional<Chosen<Dataset>> data = data();
        List<TargetPlan> target = single("target", this::target);
        List<EvaluationPlan> evaluation = each("evaluation", this::evaluation);
        List<Chosen<GeneratorArchitecture>> generator =
                single("generator", (node, path) -> choose(Kind.GENERATOR, node, path));
        AttackBinding attackBinding = new AttackBinding(components, binder);
        List<AttackPlan> attack = single("attack", attackBinding::bind);
        List<Chosen<Metric>> metrics = each("metrics", (node, path) -> choose(Kind.METRIC, node, path));
        List<ObserverPlan> observers = each("observers", this::observer);
        requireSections();
        if (!binder.problems().isEmpty() || data.isEmpty()) {
            return Optional.empty();
        }
        Plan plan =
                new Plan(name, seeds, data.get(), target, evaluation, generator, attack, metrics, observers, execution);
        new Capabilities(components, plan, root).problems().forEach(binder::add);
        return binder.problems().isEmpty() ? Optional.of(plan) : Optional.empty();
    }

    private Optional<Chosen<Dataset>> data() {
        Optional<Node> node = root.get("data");
        if (node.isEmpty()) {
            binder.add(new Problem("data", "a plan needs a data set", "add data: { use: NAME }"));
        }
        return node.flatMap(given -> choose(Kind.DATASET, given, "data"));
    }

    private void requireSections() {
        boolean target = root.get("target").isPresent();
        if (!target && root.get("generator").isEmpty() && root.get("evaluation").isEmpty()) {
            binder.add(new Problem(
                    "target", "the plan has nothing to do", "add a target, a generator or evaluation models"));
        }
        for (String section : List.of("attack", "metrics")) {
            if (!target && root.get(section).isPresent()) {
                binder.add(new Problem(
                        section, root.line(section), "it needs a target", "add target: { classifier: { use: NAME } }"));
            }
        }
    }

    private Optional<TargetPlan> target(Node node, String path) {
        Optional<Mapping> section = mapping(node, path);
        if (section.isEmpty()) {
            return Optional.empty();
        }
        Mapping given = section.get();
        TargetKeys keys = binder.bind(TargetKeys.DEFAULT, given, path, Set.of("classifier", "training", "defense"));
        Optional<Chosen<ClassifierArchitecture>> classifier = classifier(given, path);
        List<Chosen<Defense>> defense = given.get("defense")
                .map(list -> items(list, path + ".defense", (item, at) -> choose(Kind.DEFENSE, item, at)))
                .orElse(List.of());
        Origin origin = origin(given, path, keys.weights(), classifier);
        Map<Stage, Long> budget = new EnumMap<>(Stage.class);
        keys.budget().forEach((stage, queries) -> budget.put(stage(stage), queries));
        return classifier.map(chosen -> new TargetPlan(chosen, defense, origin, keys.access(), budget));
    }

    /** Stages that do not exist were reported by the keys' own check. */
    private static Stage stage(String label) {
        return TargetKeys.STAGES.getOrDefault(label, Stage.SAMPLE);
    }

    private Optional<EvaluationPlan> evaluation(Node node, String path) {
        Optional<Mapping> section = mapping(node, path);
        if (section.isEmpty()) {
            return Optional.empty();
        }
        Mapping given = section.get();
        EvaluationKeys keys = binder.bind(EvaluationKeys.DEFAULT, given, path, Set.of("classifier", "training"));
        Optional<Chosen<ClassifierArchitecture>> classifier = classifier(given, path);
        Origin origin = origin(given, path, keys.weights(), classifier);
        return classifier.map(chosen -> new EvaluationPlan(chosen, origin, keys.crop(), keys.pixels(), keys.classes()));
    }

    private Optional<Chosen<ClassifierArchitecture>> classifier(Mapping given, String path) {
        Optional<Node> node = given.get("classifier");
        if (node.isEmpty()) {
            binder.add(new Problem(
                    path + ".classifier", given.line(), "no classifier is named", "add classifier: { use: NAME }"));
        }
        return node.flatMap(choice -> choose(Kind.CLASSIFIER, choice, path + ".classifier"));
    }

    private Origin origin(
            Mapping given, String path, String weights, Optional<Chosen<ClassifierArchitecture>> classifier) {
        Optional<Node> training = given.get("training");
        if (classifier.isPresent() && classifier.get().configuration() instanceof Finished) {
            for (String key : List.of("training", "weights")) {
                given.get(key).ifPresent(node -> binder.add(finished(classifier.get(), path, key, node)));
            }
            return new Origin.Own();
        }
        if (!weights.isEmpty() && training.isPresent()) {
            binder.add(new Problem(
                    path + ".training",
                    training.get().line(),
                    "the weights come from a file, so that nothing is trained",
                    "drop " + path + ".training or " + path + ".weights"));
        }
        Mapping recipe =
                training.flatMap(node -> mapping(node, path + ".training")).orElse(Node.nothing());
        return weights.isEmpty()
                ? new Origin.Trained(binder.bind(TrainingRecipe.DEFAULT, recipe, path + ".training"))
                : new Origin.Loaded(weights);
    }

    private static Problem finished(Chosen<?> classifier, String path, String key, Node node) {
        return new Problem(
                path + "." + key,
                node.line(),
                "'%s' is a finished network with weights of its own, so there is nothing to %s"
                        .formatted(classifier.name(), key.equals("training") ? "train" : "load"),
                "drop " + path + "." + key + ", or choose another classifier");
    }

    private Optional<ObserverPlan> observer(Node node, String path) {
        Mapping importance = node.child(ObserverKeys.KEY)
                .map(value -> Node.nothing().with(ObserverKeys.KEY, value))
                .orElse(Node.nothing());
        ObserverKeys keys = binder.bind(ObserverKeys.DEFAULT, importance, path);
        return components
                .<Observer>bind(Kind.OBSERVER, node, path, Set.of(ObserverKeys.KEY), binder)
                .map(chosen -> new ObserverPlan(chosen, keys.bestEffort()));
    }

    private <T> Optional<Chosen<T>> choose(Kind<T> kind, Node node, String path) {
        return components.bind(kind, node, path, Set.of(), binder);
    }

    private <P> List<P> single(String section, BiFunction<Node, String, Optional<P>> read) {
        return root.get(section).flatMap(node -> read.apply(node, section)).stream()
                .toList();
    }

    private <P> List<P> each(String section, BiFunction<Node, String, Optional<P>> read) {
        return root.get(section).map(node -> items(node, section, read)).orElse(List.of());
    }

    private <P> List<P> items(Node node, String path, BiFunction<Node, String, Optional<P>> read) {
        if (!(node instanceof Sequence sequence)) {
            binder.add(new Problem(
                    path, node.line(), "expected a list, found " + node.found(), "write [ { … }, … ], or [] for none"));
            return List.of();
        }
        List<P> items = new ArrayList<>();
        for (int i = 0; i < sequence.items().size(); i++) {
            read.apply(sequence.items().get(i), path + "." + i).ifPresent(items::add);
        }
        return items;
    }

    private Mapping section(String key) {
        return root.get(key).flatMap(node -> mapping(node, key)).orElse(Node.nothing());
    }

    private Mapping only(String key) {
        return root.get(key).map(value -> Node.nothing().with(key, value)).orElse(Node.nothing());
    }

    private Optional<Mapping> mapping(Node node, String path) {
        if (node instanceof Mapping mapping) {
            return Optional.of(mapping);
        }
        binder.add(new Problem(
                path,
                node.line(),
                "expected keys and values, found " + node.found(),
                "write " + path + ": { key: value }"));
        return Optional.empty();
    }

    /** So that a name that is no text is reported like any other key. */
    record Named(String name) {}
}
