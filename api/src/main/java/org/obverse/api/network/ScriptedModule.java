package org.obverse.api.network;

import ai.djl.ndarray.NDList;

/**
 * A TorchScript module that was loaded from a file: in evaluation mode, its weights frozen. It is closed with the manager
 * that the component was lent, and may be used from any thread.
 */
@FunctionalInterface
public interface ScriptedModule {
    /**
     * Calls the module's {@code forward}. While gradients are recorded they reach the inputs, never the weights.
     *
     * @param inputs its arguments, at least one, all tensors, on the run's device
     * @throws IllegalArgumentException if the module does not take such inputs, or fails: the message says why, in libtorch's
     *     words
     */
    ScriptedValue forward(NDList inputs);
}
