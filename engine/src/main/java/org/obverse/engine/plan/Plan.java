package org.obverse.engine.plan;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.obverse.api.control.Control;
import org.obverse.api.data.Dataset;
import org.obverse.api.generator.GeneratorArchitecture;
import org.obverse.api.place.Place;
import org.obverse.api.store.ObjectStore;

/**
 * Everything that one run does, resolved: every component is found and every key has its value.
 *
 * @param name of the run; also that of its directory
 * @param targets models under attack by name, in the plan's order; none in a plan that only trains a generator or
 *     evaluation models
 * @param evaluation models that judge by name, in the plan's order
 * @param generator at most one
 * @param attack at most one; none in a plan that only trains
 * @param membership at most one
 * @param controls what is judged beside the attack, in the plan's order; none in a plan without one
 * @param accepted what may be against its evaluation, each once
 * @param places where units are performed; none for threads of the run's process
 * @param store what the run shares with runs on other machines, at most one
 */
public record Plan(
        String name,
        Seeds seeds,
        PlannedComponent<Dataset> data,
        Map<String, TargetPlan> targets,
        Map<String, EvaluationPlan> evaluation,
        List<PlannedComponent<GeneratorArchitecture>> generator,
        List<AttackPlan> attack,
        List<MembershipPlan> membership,
        List<PlannedComponent<Control>> controls,
        List<MetricPlan> metrics,
        Set<Ground> accepted,
        List<ListenerPlan> listeners,
        Execution execution,
        List<PlannedComponent<Place>> places,
        List<PlannedComponent<ObjectStore>> store) {
    public Plan {
        targets = Collections.unmodifiableMap(new LinkedHashMap<>(targets));
        evaluation = Collections.unmodifiableMap(new LinkedHashMap<>(evaluation));
        generator = List.copyOf(generator);
        attack = List.copyOf(attack);
        membership = List.copyOf(membership);
        controls = List.copyOf(controls);
        metrics = List.copyOf(metrics);
        accepted = Collections.unmodifiableSet(new TreeSet<>(accepted));
        listeners = List.copyOf(listeners);
        places = List.copyOf(places);
        store = List.copyOf(store);
        if (generator.size() > 1 || attack.size() > 1 || membership.size() > 1 || store.size() > 1) {
            throw new IllegalArgumentException(
                    "a plan has at most one generator, one attack of each family and one store");
        }
    }

    /**
     * The model under attack of a name that a stage or a metric quotes.
     *
     * @throws IllegalArgumentException if there is none
     */
    public TargetPlan target(String quoted) {
        return named(targets, quoted);
    }

    /**
     * The evaluation model of a name that a metric quotes.
     *
     * @throws IllegalArgumentException if there is none
     */
    public EvaluationPlan judge(String quoted) {
        return named(evaluation, quoted);
    }

    private static <P> P named(Map<String, P> models, String name) {
        return Optional.ofNullable(models.get(name))
                .orElseThrow(() -> new IllegalArgumentException("no model '" + name + "' among " + models.keySet()));
    }
}
