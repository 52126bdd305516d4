package org.obverse.api.network;

import ai.djl.ndarray.NDArray;
import java.util.Map;

/**
 * What one forward pass computed.
 *
 * @param logits {@code [N, classes]}
 * @param taps by name, {@code [N, ...shape of the tap]}: exactly the taps that the network declares
 */
public record Activations(NDArray logits, Map<String, NDArray> taps) {
    public Activations {
        taps = Map.copyOf(taps);
    }

    /**
     * @throws IllegalArgumentException if the network has no such tap
     */
    public NDArray tap(String name) {
        NDArray tap = taps.get(name);
        if (tap == null) {
            throw new IllegalArgumentException("no activation '" + name + "'; there are " + taps.keySet());
        }
        return tap;
    }
}
