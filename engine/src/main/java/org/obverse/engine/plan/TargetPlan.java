package org.obverse.engine.plan;

import java.util.List;
import java.util.Map;
import org.obverse.api.attack.Stage;
import org.obverse.api.defense.Defense;
import org.obverse.api.network.ClassifierArchitecture;
import org.obverse.api.oracle.Access;

/**
 * The model under attack.
 *
 * @param defense in the order in which their parts are composed
 * @param access what the attack may ask of it
 * @param budget the most queries that a stage may make per class; a stage without an entry is not limited
 */
public record TargetPlan(
        Chosen<ClassifierArchitecture> classifier,
        List<Chosen<Defense>> defense,
        Origin origin,
        Access access,
        Map<Stage, Long> budget) {
    public TargetPlan {
        defense = List.copyOf(defense);
        budget = Map.copyOf(budget);
    }
}
