package org.obverse.cli.report.defense;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.obverse.api.data.Dataset;
import org.obverse.api.defense.Defense;
import org.obverse.api.network.ClassifierArchitecture;
import org.obverse.api.plugin.NameOrIndex;
import org.obverse.engine.configuration.Binder;
import org.obverse.engine.configuration.Yaml;
import org.obverse.engine.plan.Origin;
import org.obverse.engine.plan.Plan;
import org.obverse.engine.plan.PlanWriter;
import org.obverse.engine.plan.PlannedComponent;
import org.obverse.engine.plan.TargetPlan;

/**
 * How a target is made, without its name, its seed and what may be asked of it: cells of equal models attack the same one, or
 * repetitions of it.
 *
 * @param defense those that change something
 * @param split seed of the data's parts
 */
public record Model(
        PlannedComponent<ClassifierArchitecture> classifier,
        List<PlannedComponent<Defense>> defense,
        Origin origin,
        List<NameOrIndex> classOrder,
        PlannedComponent<Dataset> data,
        long split) {
    public Model {
        defense = List.copyOf(defense);
        classOrder = List.copyOf(classOrder);
    }

    static Model of(Plan plan, String name) {
        TargetPlan target = plan.target(name);
        return new Model(
                target.classifier(),
                target.activeDefense(),
                target.origin(),
                target.classOrder(),
                plan.data(),
                plan.seeds().split());
    }

    /** Whether a defense of it changes something. */
    public boolean isDefended() {
        return !defense.isEmpty();
    }

    /**
     * Whether another one is this one without its defense, or was trained otherwise without it, on the same data. The same loaded
     * weights are the same target, whatever the plan says of their defense.
     */
    boolean isUndefended(Model other) {
        return other.defense.isEmpty()
                && !(origin instanceof Origin.Loaded && other.origin.equals(origin))
                && other.classifier.equals(classifier)
                && other.classOrder.equals(classOrder)
                && other.data.equals(data)
                && other.split == split;
    }

    /** Such as {@code label-smoothing {alpha: -0.05, schedule: fraction, ramp: 0.5, hold: 0.75}}. */
    String label() {
        return isDefended() ? defense.stream().map(Model::label).collect(Collectors.joining(" + ")) : "undefended";
    }

    private static String label(PlannedComponent<Defense> defense) {
        var keys = PlanWriter.tree(defense).without(Set.of(Binder.USE));
        return keys.entries().isEmpty() ? defense.name() : defense.name() + " " + Yaml.flow(keys);
    }
}
