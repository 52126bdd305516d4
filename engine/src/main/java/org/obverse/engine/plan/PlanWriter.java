package org.obverse.engine.plan;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
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
        plan.target().forEach(target -> sections.put("target", tree(target)));
        putList(
                sections,
                "evaluation",
                plan.evaluation().stream().map(PlanWriter::tree).toList());
        plan.generator().forEach(generator -> sections.put("generator", tree(generator)));
        plan.attack().forEach(attack -> sections.put("attack", tree(attack)));
        putList(
                sections,
                "metrics",
                plan.metrics().stream().map(PlanWriter::tree).toList());
        putList(
                sections,
                "observers",
                plan.observers().stream().map(PlanWriter::tree).toList());
        sections.put("execution", Node.of(plan.execution()));
        return new Mapping(sections, 0);
    }

    /** A component as plans write it: {@code use}, then every key of its configuration. */
    public static Mapping tree(Chosen<?> chosen) {
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
        return new Mapping(entries, 0);
    }

    private static Mapping tree(EvaluationPlan evaluation) {
        Map<String, Node> entries = new LinkedHashMap<>();
        entries.put("classifier", tree(evaluation.classifier()));
        putOrigin(entries, evaluation.origin());
        entries.put("crop", Node.of(evaluation.crop()));
        entries.put("pixels", Node.of(evaluation.pixels()));
        entries.put("classes", Node.of(evaluation.classes()));
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
        attack.stages().forEach(stage -> stages.put(stage.stage().label(), tree(stage.component())));
        Node classes = attack.classes() instanceof Classes.Listed listed ? Node.of(listed.classes()) : text("all");
        return tree(attack.recipe()).with("classes", classes).with("stages", new Mapping(stages, 0));
    }

    private static Mapping tree(ObserverPlan plan) {
        return tree(plan.observer())
                .with(ObserverKeys.KEY, Node.of(plan.importance() == ObserverPlan.Importance.BEST_EFFORT));
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
