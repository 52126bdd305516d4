package org.obverse.api.network;

import ai.djl.ndarray.types.Shape;

/**
 * A named activation of a network.
 *
 * @param name unique in the network; the input of the classification head is called {@link #PENULTIMATE}
 * @param shape of one sample, without the batch axis
 */
public record Tap(String name, Shape shape) {
    /** The features before the classification head; every classifier has it. */
    public static final String PENULTIMATE = "penultimate";
}
