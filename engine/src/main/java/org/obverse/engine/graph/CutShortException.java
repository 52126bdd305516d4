package org.obverse.engine.graph;

/** Ends the work on a unit, of which no more is wanted than was seen. A unit that can do so makes its product of what it has. */
public final class CutShortException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public CutShortException() {
        super("no more of this work is wanted");
    }
}
