package org.obverse.api.generator;

import ai.djl.ndarray.NDArray;

/** A generator that takes a condition beside z. */
public interface Conditional extends Generator {
    /** The number of conditions. */
    int conditions();

    /**
     * @param z {@code [N, latentSize]}
     * @param condition one per sample, in 0, …, conditions − 1
     * @return {@code [N, ...searchSpace]}
     */
    NDArray locate(NDArray z, int[] condition);
}
