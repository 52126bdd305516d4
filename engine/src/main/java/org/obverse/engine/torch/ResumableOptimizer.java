package org.obverse.engine.torch;

import ai.djl.ndarray.NDList;
import org.obverse.api.training.ParameterOptimizer;

/** An optimizer whose moments can be stored and put back. */
public interface ResumableOptimizer extends ParameterOptimizer {
    /** Its moments and counters, in an order of its own; not to be changed. */
    NDList moments();

    /**
     * Goes on from stored moments.
     *
     * @param stored what {@link #moments} of an equal optimizer gave
     */
    void resume(NDList stored);
}
