package org.obverse.engine.unit;

import java.util.List;
import java.util.Set;
import org.obverse.api.data.Part;
import org.obverse.api.metric.Metric;
import org.obverse.api.plugin.Problem;
import org.obverse.engine.gate.Gate;
import org.obverse.engine.gate.SampleChecks;
import org.obverse.engine.graph.Input;
import org.obverse.engine.graph.Inputs;
import org.obverse.engine.lend.DeclaredData;
import org.obverse.engine.plan.Execution;
import org.obverse.engine.plan.Ground;
import org.obverse.engine.plan.MetricPlan;
import org.obverse.engine.plan.Needs;
import org.obverse.engine.plan.Objection;
import org.obverse.engine.plan.PlanChecks;
import org.obverse.engine.product.MeasuredData;

/**
 * A metric of one cell.
 *
 * @param index of its entry in the plan
 * @param made the component
 * @param data private and public images
 * @param seed of the evaluation
 * @param gate through which it is measured
 * @param samples that it is given
 */
public record MetricUse(
        int index,
        MetricPlan plan,
        Metric made,
        Input<MeasuredData> data,
        long seed,
        Execution execution,
        PlanChecks checks,
        Gate gate,
        SampleChecks samples) {
    public static final String SLOT = "metric";

    /** The first part of the slots of units that judge a control, which are no figures of the attack. */
    public static final String OF_CONTROL = "metric-of/";

    /** All metrics of a name draw the same. */
    public String role() {
        return SLOT + "/" + plan.name();
    }

    /** Where the plan writes it. */
    public String path() {
        return "metrics." + index;
    }

    /** The objections that the plan does not accept, as its problems. */
    List<Problem> problems(String path, List<Objection> objections) {
        return checks.refused(path, gate.open(objections));
    }

    /** What the metric, and what is named in its configuration, declared of the data. */
    public DeclaredData data(Inputs inputs, Equipment equipment) {
        Set<Part> declared = Needs.of(plan.metric(), equipment.components()).data();
        return new DeclaredData(inputs.get(data).images(), plan.name(), declared);
    }

    public IngredientList ingredients(Equipment equipment) {
        IngredientList list = IngredientList.of(equipment, SLOT)
                .component(SLOT, plan.metric())
                .seed(seed, role())
                .computed(execution)
                .batch(execution);
        return gate.text().isEmpty() ? list : list.value(Ground.KEY, gate.text());
    }
}
