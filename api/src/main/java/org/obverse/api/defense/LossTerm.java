package org.obverse.api.defense;

import ai.djl.ndarray.NDArray;
import java.util.Set;
import org.obverse.api.network.Activations;

/** Something added to the cross-entropy, or put in its place. */
public non-sealed interface LossTerm extends DefensePart {
    /** The activations that {@link #loss} reads. */
    Set<String> taps();

    /** The factor of this term; with 0 the model trains exactly as without it. */
    double weight();

    /** Whether the cross-entropy is kept beside this term. */
    Role role();

    /**
     * @param images {@code [N, ...input]}, as the network saw them
     * @param activations of the training pass
     * @param targets encoded labels {@code [N, classes]}
     * @param labels int64 {@code [N]}
     * @return {@code [N]} if the term is per sample (the trainer takes the mean), a scalar if it is one of the batch
     */
    NDArray loss(NDArray images, Activations activations, NDArray targets, NDArray labels);

    /** Whether {@link #loss} is one of the batch, a scalar; such a term is refused beside {@link GradientPolicy.OfSamples}. */
    default boolean mixesSamples() {
        return false;
    }

    /** What becomes of the cross-entropy. */
    enum Role {
        BESIDE_CROSS_ENTROPY,
        /** At most one per plan, and none beside labels that an encoder or the recipe softens: the engine refuses these. */
        INSTEAD_OF_CROSS_ENTROPY
    }
}
