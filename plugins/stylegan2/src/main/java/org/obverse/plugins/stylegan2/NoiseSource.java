package org.obverse.plugins.stylegan2;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;

/** What the layers of one pass add to their convolutions. */
@FunctionalInterface
interface NoiseSource {
    /** Bias and stored noise only. */
    NoiseSource BUILT_IN = (layer, manager, made) -> layer.offset(made);

    /**
     * @param manager of the result
     * @param made the pixels that the layer makes, H × W of them
     * @return {@code [1 or N, 1 or out, 1 or H, 1 or W]}, scaled by √2 as the layer's offset is
     */
    NDArray offset(ModulatedConvolution layer, NDManager manager, Region made);
}
