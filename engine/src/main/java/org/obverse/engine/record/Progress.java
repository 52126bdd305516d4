package org.obverse.engine.record;

/**
 * How far a run came.
 *
 * @param reason why it failed or was interrupted; empty otherwise
 */
public record Progress(State state, String reason) {
    /** What the last word of a run's journal says. */
    public enum State {
        /** It has no journal. */
        NOT_BEGUN,
        /** It is under way, or was killed: its journal has no last word. */
        UNFINISHED,
        INTERRUPTED,
        FAILED,
        DONE
    }
}
