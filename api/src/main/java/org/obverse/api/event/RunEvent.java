package org.obverse.api.event;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;

/**
 * A fact of a run. The journal of these is the run; no wall-clock time is in it.
 *
 * <p>Grammar: one {@link Planned}; per unit {@link Requested} and then {@link Completed} or {@link Failed}, or {@link
 * Reused} alone; one {@link Ended}. A resumed run appends another {@link Planned} and goes on.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "event")
@JsonSubTypes({
    @JsonSubTypes.Type(value = RunEvent.Planned.class, name = "planned"),
    @JsonSubTypes.Type(value = RunEvent.Requested.class, name = "requested"),
    @JsonSubTypes.Type(value = RunEvent.Completed.class, name = "completed"),
    @JsonSubTypes.Type(value = RunEvent.Reused.class, name = "reused"),
    @JsonSubTypes.Type(value = RunEvent.Failed.class, name = "failed"),
    @JsonSubTypes.Type(value = RunEvent.Ended.class, name = "ended")
})
public sealed interface RunEvent {
    /** The run is about to start, or to go on, with these units in this order. */
    record Planned(String plan, List<String> units) implements RunEvent {}

    /** A unit is about to be worked on by a component. */
    record Requested(String unit, String component) implements RunEvent {}

    /**
     * A unit was finished and its artifact is stored.
     *
     * @param digest of all inputs, SHA-256 in hexadecimal
     * @param artifact SHA-256 of the stored bytes
     */
    record Completed(String unit, String digest, String artifact) implements RunEvent {}

    /** A unit was not worked on, because an artifact for the same inputs exists. */
    record Reused(String unit, String digest, String artifact) implements RunEvent {}

    /** A unit could not be finished. */
    record Failed(String unit, String component, String reason) implements RunEvent {}

    /** The last word. */
    record Ended(Outcome outcome, String reason) implements RunEvent {}

    /** How a run ended. */
    enum Outcome {
        DONE,
        FAILED,
        INTERRUPTED
    }
}
