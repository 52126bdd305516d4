package org.obverse.plugins.identity;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import org.obverse.api.generator.Generator;

/** Images of one line of pixels, which are their own latents. */
record PlaneGenerator(int latentSize) implements Generator {
    @Override
    public Shape image() {
        return new Shape(1, 1, latentSize);
    }

    @Override
    public Shape searchSpace() {
        return new Shape(latentSize);
    }

    @Override
    public NDArray locate(NDArray z) {
        return z.duplicate();
    }

    @Override
    public NDArray generate(NDArray points) {
        return points.reshape(-1, 1, 1, latentSize);
    }
}
