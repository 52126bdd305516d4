package org.obverse.api.generator;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;

/**
 * A generative prior with its weights, frozen: gradients reach the latents only.
 *
 * <p>What an attack searches is the <em>search space</em>: the last space before images. For a plain generator it is
 * the space of z; a {@link Mapped} one has W behind it. Called from several threads at once; it neither opens nor closes
 * recordings or scopes.
 */
public interface Generator {
    /** The length of z; the prior is the standard normal distribution. */
    int latentSize();

    /** The shape of one image, such as {@code [3, 32, 32]}. */
    Shape image();

    /** The shape of one point of the search space, such as {@code [z]} or {@code [rows, w]}. */
    Shape searchSpace();

    /**
     * Points of the search space for draws from the prior.
     *
     * @param z {@code [N, latentSize]}
     * @return {@code [N, ...searchSpace]}
     */
    NDArray locate(NDArray z);

    /**
     * Images, nominally in [-1, 1] and not clamped.
     *
     * @param points {@code [N, ...searchSpace]}
     * @return {@code [N, ...image]}, part of the graph if the thread is recording
     */
    NDArray generate(NDArray points);
}
