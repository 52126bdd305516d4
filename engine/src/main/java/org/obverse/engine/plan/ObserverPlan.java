package org.obverse.engine.plan;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.obverse.api.event.Observer;

/** Someone who hears the facts of the run. */
public record ObserverPlan(Chosen<Observer> observer, Importance importance) {
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
