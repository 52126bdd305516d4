package org.obverse.api.training;

import ai.djl.ndarray.NDList;

/**
 * A first-order optimizer over the variables it was made with, which it changes in place, all in one fused call per
 * step. It keeps its own state (moments) for its lifetime; close it to release that.
 */
public interface ParameterOptimizer extends AutoCloseable {
    /**
     * One step down the gradients.
     *
     * @param gradients one per variable, in the variables' order and shapes
     * @param learningRate of this step, at least 0
     */
    void step(NDList gradients, double learningRate);

    @Override
    void close();
}
