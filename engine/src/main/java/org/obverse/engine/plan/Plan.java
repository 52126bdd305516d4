package org.obverse.engine.plan;

import java.util.List;
import org.obverse.api.data.Dataset;
import org.obverse.api.generator.GeneratorArchitecture;
import org.obverse.api.metric.Metric;

/**
 * Everything that one run does, resolved: every component is found and every key has its value.
 *
 * @param name of the run; also that of its directory
 * @param target at most one; none in a plan that only trains a generator or evaluation models
 * @param evaluation models that judge, in order
 * @param generator at most one
 * @param attack at most one; none in a plan that only trains
 */
public record Plan(
        String name,
        Seeds seeds,
        Chosen<Dataset> data,
        List<TargetPlan> target,
        List<EvaluationPlan> evaluation,
        List<Chosen<GeneratorArchitecture>> generator,
        List<AttackPlan> attack,
        List<Chosen<Metric>> metrics,
        List<ObserverPlan> observers,
        Execution execution) {
    public Plan {
        target = List.copyOf(target);
        evaluation = List.copyOf(evaluation);
        generator = List.copyOf(generator);
        attack = List.copyOf(attack);
        metrics = List.copyOf(metrics);
        observers = List.copyOf(observers);
        if (target.size() > 1 || generator.size() > 1 || attack.size() > 1) {
            throw new IllegalArgumentException("a plan has at most one target, one generator and one attack");
        }
    }
}
