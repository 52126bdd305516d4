package org.obverse.engine.plan;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.obverse.api.attack.Attack;
import org.obverse.api.attack.Stage;
import org.obverse.api.control.Control;
import org.obverse.api.membership.MembershipAttack;
import org.obverse.api.plugin.Problem;
import org.obverse.engine.plan.AttackPlan.StagePlan;

/**
 * What of a plan could be bound, so that it can be checked although other parts could not.
 *
 * @param sections that are written, bound or not
 * @param targets models by name; keys with a problem have their defaults
 * @param evaluation as {@code targets}
 * @param attacked name of the target that the attack is after; empty if there is none, or it is not known
 * @param attack nothing if there is none, or its recipe is not known
 * @param stages that could be bound; one whose target is not known names none
 * @param membershipTarget name of the target of membership attacks; empty if there is none, or it is not known
 * @param membership attacks by path
 * @param controls by path
 * @param metrics by path; one whose evaluation model is not known names none
 * @param problems what was found so far
 */
record BoundPlan(
        Set<String> sections,
        Map<String, TargetPlan> targets,
        Map<String, EvaluationPlan> evaluation,
        String attacked,
        Optional<BoundAttack> attack,
        List<StagePlan<?>> stages,
        String membershipTarget,
        Map<String, PlannedComponent<MembershipAttack>> membership,
        Map<String, PlannedComponent<Control>> controls,
        Map<String, MetricPlan> metrics,
        Execution execution,
        List<Problem> problems) {
    /**
     * An attack whose recipe is known.
     *
     * @param stages that it has, whether they could be bound or not
     */
    record BoundAttack(PlannedComponent<Attack> recipe, Set<Stage> stages) {}

    /** Whether nothing is wrong with a key, or around it, so that its value is what the plan says. */
    boolean isSound(String path) {
        return problems.stream()
                .map(Problem::path)
                .noneMatch(wrong -> wrong.equals(path) || wrong.startsWith(path + ".") || path.startsWith(wrong + "."));
    }

    Optional<StagePlan<?>> stage(Stage stage) {
        return stages.stream().filter(bound -> bound.stage() == stage).findFirst();
    }
}
