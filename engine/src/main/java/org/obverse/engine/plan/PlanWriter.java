package org.obverse.engine.plan;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.obverse.engine.configuration.Binder;
import org.obverse.engine.configuration.Node;
import org.obverse.engine.configuration.Node.Mapping;
import org.obverse.engine.configuration.Node.Scalar;
import org.obverse.engine.configuration.Node.Sequence;
import org.obverse.engine.configuration.Yaml;

/** Writes resolved plans: {@link PlanReader} reads them back to equal ones. */
public final class PlanWriter {
    private PlanWriter() {}

    /** The whole plan as YAML, every key with its value. */
    public static String yaml(Plan plan) {
        return Yaml.write(tree(plan));
    }

    /** The whole plan, in the order of {@link Plan}. */
    public static Mapping tree(Plan plan) {
        Map<String, Node> sections = new LinkedHashMap<>();
        sections.put("name", text(plan.name()));
        sections.put("seeds", Node.of(plan.seeds()));
        sections.put("data", tree(plan.data()));
        putModels(sections, ModelEntries.TARGETS, plan.targets(), PlanWriter::tree);
        putModels(sections, ModelEntries.EVALUATION, plan.evaluation(), PlanWriter::tree);
        plan.generator().forEach(generator -> sections.put("generator", tree(generator)));
        plan.attack().forEach(attack -> sections.put("attack", tree(attack)));
        plan.membership().forEach(membership -> sections.put(MembershipPlan.SECTION, tree(membership)));
        putList(
                sections,
                ControlBinding.SECTION,
                plan.controls().stream().map(PlanWriter::tree).toList());
        putList(
                sections,
                "metrics",
                plan.metrics().stream().map(PlanWriter::tree).toList());
        if (!plan.accepted().isEmpty()) {
            sections.put(Ground.KEY, Node.of(List.copyOf(plan.accepted())));
        }
        putList(
                sections,
                "listeners",
                plan.listeners().stream().map(PlanWriter::tree).toList());
        sections.put("execution", execution(plan));
        return new Mapping(sections, 0);
    }

    /** The number of threads is not written where they are not what performs units. */
    private static Mapping execution(Plan plan) {
        Map<String, Node> keys = new LinkedHashMap<>(((Mapping) Node.of(plan.execution())).entries());
        if (!plan.places().isEmpty()) {
            keys.remove("workers");
        }
        putList(keys, "places", plan.places().stream().map(PlanWriter::tree).toList());
        plan.store().forEach(store -> keys.put(PlanBinding.STORE, tree(store)));
        return new Mapping(keys, 0);
    }

    /** A component as plans write it: {@code use}, then every key of its configuration. */
    public static Mapping tree(PlannedComponent<?> chosen) {
        Map<String, Node> entries = new LinkedHashMap<>();
        entries.put(Binder.USE, text(chosen.name()));
        entries.putAll(((Mapping) Node.of(chosen.configuration())).entries());
        return new Mapping(entries, 0);
    }

    private static Mapping tree(TargetPlan target) {
        Map<String, Node> entries = new LinkedHashMap<>();
        entries.put("classifier", tree(target.classifier()));
        putList(
                entries,
                "defense",
                target.defense().stream().map(PlanWriter::tree).toList());
        putOrigin(entries, target.origin());
        entries.put("access", Node.of(target.access()));
        if (!target.budget().isEmpty()) {
            Map<String, Long> budget = new TreeMap<>();
            target.budget().forEach((stage, queries) -> budget.put(stage.label(), queries));
            entries.put("budget", Node.of(budget));
        }
        if (!target.classOrder().isEmpty()) {
            entries.put("class-order", Node.of(target.classOrder()));
        }
        entries.put("seed", Node.of(target.seed()));
        return new Mapping(entries, 0);
    }

    private static Mapping tree(EvaluationPlan evaluation) {
        Map<String, Node> entries = new LinkedHashMap<>();
        entries.put("classifier", tree(evaluation.classifier()));
        putOrigin(entries, evaluation.origin());
        entries.put("crop", Node.of(evaluation.crop()));
        entries.put("pixels", Node.of(evaluation.pixels()));
        entries.put("classes", Node.of(evaluation.classes()));
        entries.put("seed", Node.of(evaluation.seed()));
        return new Mapping(entries, 0);
    }

    private static void putOrigin(Map<String, Node> entries, Origin origin) {
        if (origin instanceof Origin.Trained trained) {
            entries.put("training", Node.of(trained.recipe()));
        } else if (origin instanceof Origin.Loaded loaded) {
            entries.put("weights", text(loaded.location()));
        }
    }

    private static Mapping tree(AttackPlan attack) {
        Map<String, Node> stages = new LinkedHashMap<>();
        attack.stages()
                .forEach(stage -> stages.put(
                        stage.stage().label(),
                        tree(stage.component()).with(ModelEntries.TARGET, text(stage.target()))));
        attack.leftOut().forEach(stage -> stages.put(stage.label(), AttackBinding.leftOut(0)));
        return tree(attack.recipe())
                .with(ModelEntries.TARGET, text(attack.target()))
                .with("classes", ClassesKey.write(attack.classes()))
                .with("stages", new Mapping(stages, 0));
    }

    private static Mapping tree(MembershipPlan membership) {
        Map<String, Node> entries = new LinkedHashMap<>();
        entries.put(ModelEntries.TARGET, text(membership.target()));
        entries.putAll(((Mapping) Node.of(membership.keys())).entries());
        putList(
                entries,
                MembershipPlan.ATTACKS,
                membership.attacks().stream().map(PlanWriter::tree).toList());
        return new Mapping(entries, 0);
    }

    private static Mapping tree(MetricPlan plan) {
        Mapping metric = tree(plan.metric()).with(ModelEntries.TARGET, text(plan.target()));
        return plan.of()
                .map(stage -> metric.with(MetricBinding.OF, text(stage.label())))
                .orElse(metric);
    }

    private static Mapping tree(ListenerPlan plan) {
        return tree(plan.listener())
                .with(ListenerKeys.KEY, Node.of(plan.importance() == ListenerPlan.Importance.BEST_EFFORT));
    }

    private static <P> void putModels(
            Map<String, Node> sections, String section, Map<String, P> models, Function<P, Mapping> tree) {
        Map<String, Node> entries = new LinkedHashMap<>();
        models.forEach((name, model) -> entries.put(name, tree.apply(model)));
        if (!entries.isEmpty()) {
            sections.put(section, new Mapping(entries, 0));
        }
    }

    private static void putList(Map<String, Node> entries, String key, List<Mapping> items) {
        if (!items.isEmpty()) {
            entries.put(key, new Sequence(List.copyOf(items), 0));
        }
    }

    private static Scalar text(String value) {
        return new Scalar(value, 0);
    }
}
