package org.obverse.engine.plan;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.obverse.api.event.RunListener;

/** Someone who is told what happens in a run. */
public record ListenerPlan(PlannedComponent<RunListener> listener, Importance importance) {
    /** What its failure means; plans write {@code best-effort: true} or {@code false}. */
    public enum Importance {
        /** The run ends as failed. */
        @JsonProperty("no")
        REQUIRED,
        /** The run goes on without it, and says so. */
        @JsonProperty("yes")
        BEST_EFFORT
    }
}
