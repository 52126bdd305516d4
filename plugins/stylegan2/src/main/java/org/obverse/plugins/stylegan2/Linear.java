package org.obverse.plugins.stylegan2;

import ai.djl.ndarray.NDArray;

/**
 * An affine map, {@code x · weight + bias}.
 *
 * @param weight {@code [inputs, outputs]}
 * @param bias {@code [outputs]}
 */
record Linear(NDArray weight, NDArray bias) {
    /** From {@code [N, inputs]} to {@code [N, outputs]}. */
    NDArray apply(NDArray x) {
        return x.matMul(weight).add(bias);
    }

    /** The same map with everything multiplied by a factor. */
    Linear times(double factor) {
        return new Linear(weight.mul(factor), bias.mul(factor));
    }
}
