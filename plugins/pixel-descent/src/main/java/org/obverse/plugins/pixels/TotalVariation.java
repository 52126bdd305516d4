package org.obverse.plugins.pixels;

import ai.djl.ndarray.NDArray;

/** How rough images are (Rudin, Osher and Fatemi 1992, with the l1 norm of the differences). */
final class TotalVariation {
    private static final int[] IMAGE = {1, 2, 3};

    private TotalVariation() {}

    /**
     * {@code Σ |x[c, i + 1, j] − x[c, i, j]| + |x[c, i, j + 1] − x[c, i, j]|}.
     *
     * @param images {@code [N, C, H, W]}
     * @return {@code [N]}, part of the graph if the thread is recording
     */
    static NDArray of(NDArray images) {
        NDArray down = images.get(":,:,1:").sub(images.get(":,:,:-1")).abs().sum(IMAGE);
        NDArray right =
                images.get(":,:,:,1:").sub(images.get(":,:,:,:-1")).abs().sum(IMAGE);
        return down.add(right);
    }
}
