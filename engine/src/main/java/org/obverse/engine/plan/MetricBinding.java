package org.obverse.engine.plan;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.obverse.api.attack.Stage;
import org.obverse.api.metric.Judged;
import org.obverse.api.metric.JudgedByPanel;
import org.obverse.api.metric.Metric;
import org.obverse.api.plugin.Kind;
import org.obverse.api.plugin.Problem;
import org.obverse.engine.configuration.Binder;
import org.obverse.engine.configuration.Node;
import org.obverse.engine.configuration.Node.Mapping;
import org.obverse.engine.configuration.Node.Scalar;

/** Binds the entries of {@code metrics}: each finds its target and the evaluation models that judge for it. */
final class MetricBinding {
    private static final String JUDGE = "judge";
    private static final String JUDGES = "judges";
    static final String OF = "of";
    private static final String OLD_JUDGE = "model";

    private final Components components;
    private final ModelNames targets;
    private final ModelNames judges;
    private final Optional<String> attacked;
    private final Binder binder;
    private final Map<String, MetricPlan> bound = new LinkedHashMap<>();

    /**
     * @param attacked the attack's target, for metrics that name none; nothing if the plan has no attack
     */
    MetricBinding(
            Components components, ModelNames targets, ModelNames judges, Optional<String> attacked, Binder binder) {
        this.components = components;
        this.targets = targets;
        this.judges = judges;
        this.attacked = attacked;
        this.binder = binder;
    }

    /** Those whose component could be bound, by path; a model that is not known has no name. */
    Map<String, MetricPlan> bound() {
        return Collections.unmodifiableMap(bound);
    }

    Optional<MetricPlan> bind(Node node, String path) {
        Node current = withNewKey(node, path);
        Optional<PlannedComponent<Metric>> metric = choose(current, path);
        Optional<String> target = target(node, path);
        Optional<Judgement> judged = metric.flatMap(chosen -> judged(chosen, current, path));
        Optional<Stage> of = node.child(OF).flatMap(stage -> stage(stage, path));
        metric.ifPresent(chosen -> bound.put(
                path,
                new MetricPlan(
                        chosen, target.orElse(""), judged.map(Judgement::judges).orElse(List.of()), of)));
        return target.flatMap(name -> judged.map(by -> new MetricPlan(by.metric(), name, by.judges(), of)));
    }

    /** A metric and the names of its evaluation models. */
    private record Judgement(PlannedComponent<Metric> metric, List<String> judges) {}

    private Optional<Stage> stage(Node given, String path) {
        Optional<Stage> named = Arrays.stream(Stage.values())
                .filter(stage -> stage != Stage.PREPARE && stage.label().equals(given.plain()))
                .findFirst();
        if (named.isEmpty()) {
            binder.add(new Problem(
                    path + "." + OF,
                    given.line(),
                    given.plain() + " is no stage that finds candidates",
                    "write sample, optimize or select, or drop the key for what the attack delivers"));
        }
        return named;
    }

    private Optional<PlannedComponent<Metric>> choose(Node node, String path) {
        return components.bind(Kind.METRIC, node, path, Set.of(ModelEntries.TARGET, OF), binder);
    }

    private Node withNewKey(Node node, String path) {
        Optional<Node> old = node.child(OLD_JUDGE);
        boolean renamed = node.child(Binder.USE).stream()
                .filter(use -> use instanceof Scalar)
                .flatMap(use -> components.registry().find(Kind.METRIC, String.valueOf(use.plain())).stream())
                .map(metric -> metric.component().defaults())
                .anyMatch(keys -> keys instanceof Judged && !hasKey(keys, OLD_JUDGE));
        if (old.isEmpty() || !renamed || !(node instanceof Mapping mapping)) {
            return node;
        }
        binder.add(new Problem(
                path + "." + OLD_JUDGE,
                old.get().line(),
                "the key that names the evaluation model is called judge now",
                "write judge: " + (old.get() instanceof Scalar name ? name.value() : "NAME")));
        return mapping.without(Set.of(OLD_JUDGE)).with(JUDGE, old.get());
    }

    private static boolean hasKey(Record configuration, String key) {
        return Node.of(configuration).child(key).isPresent();
    }

    /** Where there is no target at all, the plan is told so. */
    private Optional<String> target(Node node, String path) {
        if (targets.names().isEmpty()) {
            return Optional.empty();
        }
        Optional<Node> given = node.child(ModelEntries.TARGET);
        if (given.isPresent()) {
            return targets.quoted(given.get(), path + "." + ModelEntries.TARGET, binder);
        }
        return attacked.isPresent() ? attacked : targets.only(node, path, ModelEntries.TARGET, binder);
    }

    private Optional<Judgement> judged(PlannedComponent<Metric> metric, Node node, String path) {
        if (metric.configuration() instanceof JudgedByPanel panel) {
            return panel(metric, panel.judges(), node, path);
        }
        if (!(metric.configuration() instanceof Judged judged)) {
            return Optional.of(new Judgement(metric, List.of()));
        }
        if (judges.names().isEmpty()) {
            binder.add(new Problem(
                    path,
                    node.line(),
                    "'" + metric.name() + "' is judged by an evaluation model, but the plan has none",
                    "add evaluation: { judge: { classifier: { use: NAME } } }"));
            return Optional.empty();
        }
        if (!judged.judge().isEmpty()) {
            Node name = node.child(JUDGE).orElse(new Scalar(judged.judge(), node.line()));
            return judges.quoted(name, path + "." + JUDGE, binder).map(judge -> new Judgement(metric, List.of(judge)));
        }
        Optional<String> only = judges.only(node, path, JUDGE, binder);
        return only.flatMap(judge -> named(metric, JUDGE, new Scalar(judge, node.line()), node, path)
                .map(named -> new Judgement(named, List.of(judge))));
    }

    private Optional<Judgement> panel(PlannedComponent<Metric> metric, List<String> named, Node node, String path) {
        List<String> panel = named.isEmpty() ? List.copyOf(judges.names()) : named;
        int line = node.child(JUDGES).orElse(node).line();
        for (int i = 0; i < named.size(); i++) {
            if (judges.quoted(new Scalar(named.get(i), line), path + "." + JUDGES + "." + i, binder)
                    .isEmpty()) {
                return Optional.empty();
            }
        }
        long different = panel.stream().distinct().count();
        if (different < 2 || different < panel.size()) {
            binder.add(new Problem(
                    named.isEmpty() ? path : path + "." + JUDGES,
                    line,
                    "'%s' compares different evaluation models, at least two, and here are: %s"
                            .formatted(metric.name(), panel.isEmpty() ? "none" : String.join(", ", panel)),
                    judges.names().size() < 2
                            ? "add another one: evaluation: { second: { classifier: { use: NAME } } }"
                            : "name two or more of: " + String.join(", ", judges.names())));
            return Optional.empty();
        }
        return named(metric, JUDGES, Node.of(panel), node, path).map(all -> new Judgement(all, panel));
    }

    /** The configuration says whose figures these are, whether the plan did or left it to be found. */
    private Optional<PlannedComponent<Metric>> named(
            PlannedComponent<Metric> metric, String key, Node names, Node node, String path) {
        return node instanceof Mapping mapping && hasKey(metric.configuration(), key)
                ? choose(mapping.with(key, names), path)
                : Optional.of(metric);
    }
}
