package org.obverse.gans;

import ai.djl.ndarray.NDArray;

/** The published networks see and make pixels in [0, 1]; images of the api are in [-1, 1]. */
final class PixelRange {
    private PixelRange() {}

    /** From [-1, 1] to [0, 1]. */
    static NDArray unit(NDArray images) {
        return images.mul(0.5).add(0.5);
    }

    /** From [0, 1] to [-1, 1]. */
    static NDArray symmetric(NDArray images) {
        return images.mul(2).sub(1);
    }
}
