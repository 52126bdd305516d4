package org.obverse.api.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;

/**
 * Reverse-mode derivatives as a function: nothing is accumulated, nothing is stored on an array, and several threads
 * may differentiate at once.
 *
 * <p>Operations are recorded on a thread only between {@link #recording} and the closing of what it returns. Outside,
 * results carry no graph, so nobody can differentiate through them.
 */
public interface Gradients {
    /**
     * A leaf to differentiate with respect to.
     *
     * @param value any floating-point array; it is copied, never written
     * @return a copy, attached to the value's manager, that {@link #of} accepts as {@code wrt}
     */
    NDArray variable(NDArray value);

    /**
     * Records this thread's operations until the result is closed. Recordings nest; closing restores what was before.
     */
    Recording recording();

    /** Stops recording on this thread until the result is closed: inside a recording, for parts without gradient. */
    Recording paused();

    /**
     * The gradient of a scalar, as {@code torch.autograd.grad} returns it.
     *
     * @param scalar one element of a floating-point type, computed while recording
     * @param wrt variables, or arrays computed from variables, that the scalar depends on
     * @return one array per entry of {@code wrt}, of its shape, without a graph of its own; zeros where the scalar does
     *     not depend on the entry
     * @throws IllegalArgumentException if {@code scalar} has no graph or more than one element
     */
    NDList of(NDArray scalar, NDList wrt);

    /**
     * As {@link #of}, but the returned gradients are themselves part of the graph, so that a penalty on them (R1, path
     * length, WGAN-GP) can be differentiated again. The graph of {@code scalar} is kept.
     */
    NDList differentiable(NDArray scalar, NDList wrt);

    /** A span in which a thread records its operations, or does not. Close it on the thread that opened it. */
    interface Recording extends AutoCloseable {
        @Override
        void close();
    }
}
