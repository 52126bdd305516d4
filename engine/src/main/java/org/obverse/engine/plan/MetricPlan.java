package org.obverse.engine.plan;

import java.util.Optional;
import org.obverse.api.attack.Stage;
import org.obverse.api.metric.Metric;

/**
 * A figure to measure.
 *
 * @param target name of the model that it judges, or whose attack it judges
 * @param judge name of the evaluation model that judges for it; empty if its configuration is no {@link
 *     org.obverse.api.metric.Judged}
 * @param of the stage whose candidates it judges; nothing for the attack's last
 */
public record MetricPlan(PlannedComponent<Metric> metric, String target, String judge, Optional<Stage> of) {
    /** The metric's name, as plans write it. */
    public String name() {
        return metric.name();
    }
}
