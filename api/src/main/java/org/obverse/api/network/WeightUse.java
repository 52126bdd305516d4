package org.obverse.api.network;

import ai.djl.ndarray.NDArray;

/**
 * Where a weight comes into a pass, told by the layer to {@link Pass#tell}. Together with the gradient of the loss with respect to
 * the layer's output it gives the gradient of each sample with respect to the weight, which a batch's gradient does not
 * (Goodfellow 2015, arXiv 1510.01799; Rochette et al. 2019, arXiv 1912.06015).
 *
 * <p>Arrays are those of the pass itself, not copies, and of the weight the one that {@link Parameters} gave. Samples are the
 * first axis of input and output. A weight that is told of is used nowhere else in the pass; one of which no layer tells is
 * no error, only slow: the engine then takes the gradient of each sample by a pass of its own.
 */
public sealed interface WeightUse {
    NDArray weight();

    /** What the layer computed from it, {@code [N, ...]}. */
    NDArray output();

    /**
     * {@code y = x Wᵀ}, perhaps with an offset.
     *
     * @param weight {@code [outputs, inputs]}
     * @param input {@code [N, inputs]}
     * @param output {@code [N, outputs]}
     */
    record Product(NDArray weight, NDArray input, NDArray output) implements WeightUse {}

    /**
     * {@link org.obverse.api.tensor.Operators#conv2d} in one group, perhaps with an offset.
     *
     * @param weight {@code [O, I, h, w]}
     * @param input {@code [N, I, H, W]}
     * @param output {@code [N, O, ...]}
     */
    record Convolution(NDArray weight, NDArray input, NDArray output, int stride, int padding) implements WeightUse {}

    /**
     * {@code y = γ x}, perhaps with an offset, with one factor per channel.
     *
     * @param weight γ {@code [C]}
     * @param input {@code [N, C, ...]}
     * @param output of the shape of the input
     */
    record Factor(NDArray weight, NDArray input, NDArray output) implements WeightUse {}

    /**
     * {@code y = … + β}, with one offset per channel or feature.
     *
     * @param weight β {@code [C]}
     * @param output {@code [N, C, ...]}
     */
    record Offset(NDArray weight, NDArray output) implements WeightUse {}
}
