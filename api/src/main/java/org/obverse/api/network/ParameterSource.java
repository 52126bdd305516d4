package org.obverse.api.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Set;

/** Where a network's tensors come from: random draws, or a file. */
public interface ParameterSource {
    /**
     * A tensor of its own for the caller, float32 on the manager's device.
     *
     * @throws org.obverse.api.plugin.InvalidConfigurationException if a file has no such tensor, or one of another
     *     shape: the message names the tensor and both shapes
     */
    NDArray tensor(NDManager manager, String name, Shape shape, Initial initial);

    /** The names that a file holds; empty for random draws. */
    Set<String> names();
}
