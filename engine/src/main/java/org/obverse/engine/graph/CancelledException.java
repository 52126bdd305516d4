package org.obverse.engine.graph;

/** Ends the work of an interrupted run at its next checkpoint; nobody asks where that was. */
public final class CancelledException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public CancelledException() {
        super("the run was interrupted", null, false, false);
    }
}
