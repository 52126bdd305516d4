package org.obverse.api.event;

/**
 * Is told what happens in a run. It listens and changes nothing: what it makes of it (a display, a table, a record in a
 * tracker) lies outside of the run.
 *
 * <p>One instance serves a study. It is called on one thread, one call after the other; every fact is in the journal before it is
 * told. A resumed run tells {@link #planned}, then what earlier attempts finished, then what happens now.
 *
 * <p>The run waits for each call, on its own thread, and what a listener throws ends the run as failed. One that the plan declares
 * best-effort is called on a thread of its own: it may hear late, and the run goes on. At the end the run waits for it for half a
 * minute; then it gives the listener up and interrupts that thread, as it does with one that is 10,000 messages behind.
 */
public interface RunListener {
    /** Nothing was worked on in this attempt yet; the view knows all cells and units. Exactly once per attempt, before all facts. */
    default void planned(RunFact.Planned fact, RunView run) {}

    /** The unit's inputs are finished. One of {@link #completed}, {@link #failed} and {@link #lost} follows, unless the run is interrupted. */
    default void offered(RunFact.Offered fact, RunView run) {}

    /** What performed the unit is gone, and no product of it was found. The unit is offered again, unless the run is interrupted. */
    default void lost(RunFact.Lost fact, RunView run) {}

    /** The unit's artifact is on the disk. Nothing is told of this unit any more in this attempt. */
    default void completed(RunFact.Completed fact, RunView run) {}

    /** As {@link #completed}, for a unit that was not offered. */
    default void reused(RunFact.Reused fact, RunView run) {}

    /** The unit has no product in this attempt, and neither will those that read it; they are not offered. */
    default void failed(RunFact.Failed fact, RunView run) {}

    /** The last call of this attempt. */
    default void ended(RunFact.Ended fact, RunView run) {}

    /**
     * Something is under way. May come between any two facts, also before the first; some progress is never told, as only the
     * latest of each piece of work counts.
     */
    default void progressed(Progress progress, RunView run) {}
}
