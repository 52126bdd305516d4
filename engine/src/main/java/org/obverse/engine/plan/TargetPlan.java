package org.obverse.engine.plan;

import java.util.List;
import java.util.Map;
import org.obverse.api.attack.Stage;
import org.obverse.api.defense.Defense;
import org.obverse.api.network.ClassifierArchitecture;
import org.obverse.api.oracle.Access;
import org.obverse.api.plugin.NameOrIndex;
import org.obverse.api.plugin.Requirements.Trait;

/**
 * A model under attack.
 *
 * @param name by which stages and metrics quote it
 * @param defense in the order in which their parts are composed
 * @param access what the attack may ask of it
 * @param budget the most queries that a stage may make per class; a stage without an entry is not limited
 * @param classOrder the classes of the data in the order of its outputs; empty if that is the data's own
 * @param seed of its training
 */
public record TargetPlan(
        String name,
        PlannedComponent<ClassifierArchitecture> classifier,
        List<PlannedComponent<Defense>> defense,
        Origin origin,
        Access access,
        Map<Stage, Long> budget,
        List<NameOrIndex> classOrder,
        long seed) {
    public TargetPlan {
        defense = List.copyOf(defense);
        budget = Map.copyOf(budget);
        classOrder = List.copyOf(classOrder);
    }

    /** The defenses that change something under their configuration. */
    public List<PlannedComponent<Defense>> activeDefense() {
        return defense.stream()
                .filter(planned -> !planned.requirements().traits().contains(Trait.IDLE))
                .toList();
    }

    /** Where plans write it: {@code targets.hard}, or {@code target}, which is short for the one of that name. */
    public String path() {
        return name.equals(ModelEntries.TARGET) ? name : ModelEntries.TARGETS + "." + name;
    }
}
