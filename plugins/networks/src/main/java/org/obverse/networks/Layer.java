package org.obverse.networks;

import ai.djl.ndarray.NDArray;
import org.obverse.api.network.Pass;

/**
 * A step of a network: a function of its input, of the tensors it was made with, and of the pass.
 *
 * <p>Layers take the type of their input: a network whose tensors are float64 computes in float64. In evaluation mode a
 * layer may be applied by several threads at once.
 */
@FunctionalInterface
public interface Layer {
    /**
     * @param x {@code [N, channels, height, width]} or {@code [N, features]}
     * @return attached to the manager of {@code x}
     */
    NDArray apply(NDArray x, Pass pass);

    /** This layer, then another one. */
    default Layer then(Layer next) {
        return (x, pass) -> next.apply(apply(x, pass), pass);
    }
}
