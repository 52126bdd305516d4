package org.obverse.engine.plan;

import java.util.List;
import java.util.Optional;
import org.obverse.api.attack.Stage;
import org.obverse.api.metric.Metric;

/**
 * A figure to measure.
 *
 * @param target name of the model that it judges, or whose attack it judges
 * @param judges names of the evaluation models that judge for it: one if its configuration is {@link
 *     org.obverse.api.metric.Judged}, several if it is {@link org.obverse.api.metric.JudgedByPanel}, else none
 * @param of the stage whose candidates it judges; nothing for the attack's last
 */
public record MetricPlan(PlannedComponent<Metric> metric, String target, List<String> judges, Optional<Stage> of) {
    public MetricPlan {
        judges = List.copyOf(judges);
    }

    /** The metric's name, as plans write it. */
    public String name() {
        return metric.name();
    }
}
