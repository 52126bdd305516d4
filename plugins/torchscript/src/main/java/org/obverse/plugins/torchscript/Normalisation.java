package org.obverse.plugins.torchscript;

import ai.djl.ndarray.NDArray;
import org.obverse.api.tensor.Resampling;

/**
 * Makes the images that a program takes from those that there are.
 *
 * @param factor {@code [1, C, 1, 1]}
 * @param offset {@code [1, C, 1, 1]}
 */
record Normalisation(int height, int width, NDArray factor, NDArray offset) {
    /** {@code factor * images + offset}, float32 {@code [N, C, height, width]}. */
    NDArray apply(NDArray images) {
        Resampling own = Resampling.of(images.getShape());
        boolean fits = own.height() == height && own.width() == width;
        NDArray sized = fits ? images : own.resize(height, width).apply(images);
        return sized.mul(factor).add(offset);
    }
}
