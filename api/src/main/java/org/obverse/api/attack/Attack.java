package org.obverse.api.attack;

import java.util.EnumMap;
import java.util.Map;
import org.obverse.api.plugin.Use;

/**
 * An attack is a recipe: which component, with which settings, fills each stage. A plan may replace an entry, or settings
 * of one, before anything is built.
 *
 * @param stages the stages that this attack has
 */
public record Attack(Map<Stage, Use> stages) {
    public Attack {
        stages = Map.copyOf(stages);
        if (!stages.containsKey(Stage.SAMPLE)) {
            throw new IllegalArgumentException("an attack needs a sampler: " + stages);
        }
    }

    /** The same attack with one stage filled by another component. */
    public Attack with(Stage stage, Use use) {
        Map<Stage, Use> changed = new EnumMap<>(stages);
        changed.put(stage, use);
        return new Attack(changed);
    }
}
