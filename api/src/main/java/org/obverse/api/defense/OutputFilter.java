package org.obverse.api.defense;

import ai.djl.ndarray.NDArray;
import org.obverse.api.oracle.Access;
import org.obverse.api.random.RandomStream;

/**
 * Changes what the deployed model answers. It sits on the oracle, not in the weights: someone with white-box access goes
 * around it.
 */
public non-sealed interface OutputFilter extends DefensePart {
    /** The most that the filtered model gives away. */
    Access limit();

    /**
     * @param logits {@code [N, classes]}
     * @return changed logits of the same shape
     */
    NDArray filter(NDArray logits, RandomStream noise);
}
