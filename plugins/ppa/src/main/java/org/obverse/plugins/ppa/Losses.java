package org.obverse.plugins.ppa;

import ai.djl.ndarray.types.DataType;
import org.obverse.inversion.LatentDescent.Reduction;

/**
 * How the losses of a batch are computed.
 *
 * @param type in which logits become a loss
 * @param reduction by which the losses become what is differentiated
 */
record Losses(DataType type, Reduction reduction) {
    /**
     * A candidate's gradient does not depend on its batch. In float32, the cross-entropy of a certain target has no gradient
     * at the target class.
     */
    static final Losses PRECISE = new Losses(DataType.FLOAT64, Reduction.SUM);
}
