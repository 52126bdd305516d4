package org.obverse.api.generator;

import ai.djl.ndarray.NDArray;

/** A generator whose discriminator is at hand. */
public interface Criticized extends Generator {
    /**
     * The discriminator's logits: large for images that look real.
     *
     * @param images {@code [N, ...image]}
     * @return {@code [N]}, part of the graph if the thread is recording
     */
    NDArray realness(NDArray images);

    /** The batch must be divisible by this, unless smaller (minibatch standard deviation); 1 if samples are independent. */
    int groupSize();
}
