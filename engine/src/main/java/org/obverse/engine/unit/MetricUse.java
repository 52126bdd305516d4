package org.obverse.engine.unit;

import org.obverse.api.metric.Metric;
import org.obverse.engine.graph.Input;
import org.obverse.engine.plan.Execution;
import org.obverse.engine.plan.MetricPlan;
import org.obverse.engine.plan.PlanChecks;
import org.obverse.engine.product.MeasuredData;

/**
 * A metric of one cell.
 *
 * @param index of its entry in the plan
 * @param made the component
 * @param data private and public images
 * @param seed of the evaluation
 */
public record MetricUse(
        int index,
        MetricPlan plan,
        Metric made,
        Input<MeasuredData> data,
        long seed,
        Execution execution,
        PlanChecks checks) {
    public static final String SLOT = "metric";

    /** All metrics of a name draw the same. */
    String role() {
        return SLOT + "/" + plan.name();
    }

    IngredientList ingredients(Equipment equipment) {
        return IngredientList.of(equipment, SLOT)
                .component(SLOT, plan.metric())
                .seed(seed, role())
                .computed(execution)
                .batch(execution);
    }
}
