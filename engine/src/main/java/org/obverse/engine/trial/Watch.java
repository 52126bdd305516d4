package org.obverse.engine.trial;

import org.obverse.engine.graph.Provisional;

/** Sees how the work on one unit goes on, on the thread that does it, and may end it. */
public interface Watch {
    /**
     * Before the first step.
     *
     * @param length how often {@link #goesOn} will be asked, if that is known
     */
    void begun(Provisional.Length length);

    /** Before each step: whether more of it is wanted. */
    boolean goesOn();

    /** Something of a whole is done. */
    void progress(long done, long total);

    /** The product is stored; not called for work that was cut short or failed. */
    void finished();
}
