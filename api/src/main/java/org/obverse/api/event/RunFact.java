package org.obverse.api.event;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;

/**
 * A fact of a run. The journal of these is the run; no wall-clock time is in it.
 *
 * <p>Grammar: one {@link Planned}; per unit {@link Offered} and then {@link Completed} or {@link Failed}, or {@link Reused}
 * alone; one {@link Ended}. After {@link Lost}, a unit is offered again. A unit whose inputs failed is never offered. A resumed run appends another {@link Planned} and
 * goes on.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "event")
@JsonSubTypes({
    @JsonSubTypes.Type(value = RunFact.Planned.class, name = "planned"),
    @JsonSubTypes.Type(value = RunFact.Offered.class, name = "offered"),
    @JsonSubTypes.Type(value = RunFact.Completed.class, name = "completed"),
    @JsonSubTypes.Type(value = RunFact.Reused.class, name = "reused"),
    @JsonSubTypes.Type(value = RunFact.Lost.class, name = "lost"),
    @JsonSubTypes.Type(value = RunFact.Failed.class, name = "failed"),
    @JsonSubTypes.Type(value = RunFact.Ended.class, name = "ended")
})
public sealed interface RunFact {
    /**
     * The run is about to start, or to go on.
     *
     * @param units all of them, each behind its inputs; none if the run failed before they were known
     */
    record Planned(List<PlannedUnit> units) implements RunFact {
        public Planned {
            units = List.copyOf(units);
        }
    }

    /**
     * A unit of the plan.
     *
     * @param component the name of the component that fills the slot
     * @param inputs the units whose products it reads
     */
    record PlannedUnit(UnitName unit, String component, List<UnitName> inputs) {
        public PlannedUnit {
            inputs = List.copyOf(inputs);
        }
    }

    /** All inputs of a unit are there: it is offered to the places, one of which performs it. */
    record Offered(UnitName unit) implements RunFact {}

    /**
     * A unit was performed and its artifact is stored.
     *
     * @param digest of its ingredients and inputs, SHA-256 in hexadecimal
     * @param artifact SHA-256 of the stored bytes
     */
    record Completed(UnitName unit, String digest, String artifact, Summary summary) implements RunFact {}

    /** A unit was not performed, because an artifact of the same ingredients and inputs exists. */
    record Reused(UnitName unit, String digest, String artifact, Summary summary) implements RunFact {}

    /**
     * Whatever performed the unit is gone, such as a process that crashed. The unit is as if it had not been offered.
     *
     * @param reason what happened, for people
     */
    record Lost(UnitName unit, String reason) implements RunFact {}

    /** A unit could not be performed, and what depends on it will not be. */
    record Failed(UnitName unit, String reason) implements RunFact {}

    /** The last word. */
    record Ended(Outcome outcome, String reason) implements RunFact {}

    /** How a run ended. */
    enum Outcome {
        /** Every unit is finished. */
        DONE,
        /** Something failed; what did not depend on it is finished. */
        FAILED,
        /** A user ended it. */
        INTERRUPTED
    }
}
