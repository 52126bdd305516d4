package org.obverse.api.oracle;

import ai.djl.ndarray.NDArray;
import java.util.List;
import org.obverse.api.network.Activations;
import org.obverse.api.network.Tap;

/**
 * The target model, to someone who holds its weights. Weights are frozen: gradients reach the images, and no gradient
 * of a weight is ever computed.
 */
public interface WhiteBox extends LogitOracle {
    /** The activations that {@link #forward} returns beside the logits. */
    List<Tap> taps();

    /**
     * Logits and tapped activations in evaluation mode; part of the graph if the thread is recording (see {@code
     * Gradients}). Counts like any other query.
     */
    Activations forward(NDArray images);
}
