package org.obverse.api.defense;

import ai.djl.ndarray.NDList;
import org.obverse.api.random.RandomStream;

/** Changes gradients before the optimizer sees them, such as clipping and noise. At most one per plan. */
public non-sealed interface GradientPolicy extends DefensePart {
    Samples samples();

    /**
     * @param gradients of one batch, or one list per sample, as {@link #samples} says
     * @return the gradients of the step
     */
    NDList combine(java.util.List<NDList> gradients, RandomStream random);

    /** Whose gradients the policy needs. */
    enum Samples {
        BATCH,
        /** One backward pass per sample: a batch of B costs B times as much. */
        EACH
    }
}
