package org.obverse.api.network;

import ai.djl.ndarray.types.Shape;

/**
 * A named activation of a network.
 *
 * @param name unique in the network; the input of the classification head is called {@link #PENULTIMATE}
 * @param shape of one sample, without the batch axis
 */
public record Tap(String name, Shape shape) {
    /** The features before the classification head; every classifier has it, but for opaque {@link Finished} ones. */
    public static final String PENULTIMATE = "penultimate";

    /**
     * Logits of an auxiliary head (Szegedy et al. 2015), of one axis, at least one per class. Training adds their
     * cross-entropy to that of the logits, with the weight 1 that PPA's code gives it.
     */
    public static final String AUXILIARY = "auxiliary";
}
