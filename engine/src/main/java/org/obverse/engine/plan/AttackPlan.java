package org.obverse.engine.plan;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.obverse.api.attack.Attack;
import org.obverse.api.attack.Optimizer;
import org.obverse.api.attack.Preparer;
import org.obverse.api.attack.Sampler;
import org.obverse.api.attack.Selector;
import org.obverse.api.attack.Stage;

/**
 * An attack with every stage resolved: the recipe's entries, changed as the plan says.
 *
 * @param recipe the attack's component; only its stages are run
 * @param target name of the model that stages ask which name no other
 * @param classes whom it tries to reveal
 * @param prepare at most one
 * @param optimize at most one
 * @param select at most one
 */
public record AttackPlan(
        PlannedComponent<Attack> recipe,
        String target,
        Classes classes,
        List<StagePlan<Preparer>> prepare,
        StagePlan<Sampler> sample,
        List<StagePlan<Optimizer>> optimize,
        List<StagePlan<Selector>> select) {
    public AttackPlan {
        prepare = List.copyOf(prepare);
        optimize = List.copyOf(optimize);
        select = List.copyOf(select);
    }

    /** The stages that this attack has, in their order. */
    public List<StagePlan<?>> stages() {
        List<StagePlan<?>> stages = new ArrayList<>(prepare);
        stages.addAll(searches());
        return List.copyOf(stages);
    }

    /** The stages of the recipe that the plan does not want. */
    Set<Stage> leftOut() {
        Set<Stage> stages = EnumSet.copyOf(
                recipe.create(new NoResources(recipe.subject())).stages().keySet());
        stages().forEach(stage -> stages.remove(stage.stage()));
        return stages;
    }

    /** Those that find candidates: all but PREPARE. */
    public List<StagePlan<?>> searches() {
        List<StagePlan<?>> stages = new ArrayList<>(List.of(sample));
        stages.addAll(optimize);
        stages.addAll(select);
        return List.copyOf(stages);
    }

    /**
     * One stage and who fills it.
     *
     * @param target name of the model that it asks
     * @param <T> what the component makes
     */
    public record StagePlan<T>(Stage stage, PlannedComponent<T> component, String target) {
        /** Where plans write it: {@code attack.stages.optimize}. */
        public String path() {
            return "attack.stages." + stage.label();
        }
    }
}
