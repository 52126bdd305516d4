package org.obverse.plugins.stylegan2;

import ai.djl.ndarray.NDArray;

/** What the layers of one pass add to their convolutions. */
@FunctionalInterface
interface NoiseSource {
    /** Bias and stored noise only. */
    NoiseSource BUILT_IN = (layer, y) -> layer.offset();

    /**
     * @param y the layer's convolution, {@code [N, out, H, W]}
     * @return {@code [1 or N, 1 or out, 1 or H, 1 or W]}, scaled by √2 as the layer's offset is
     */
    NDArray offset(ModulatedConvolution layer, NDArray y);
}
