package org.obverse.plugins.wgan;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import org.obverse.api.generator.Generator;

/** The smallest generator: an image of two pixels, which are z itself. */
record Plane() implements Generator {
    @Override
    public int latentSize() {
        return 2;
    }

    @Override
    public Shape image() {
        return new Shape(1, 1, 2);
    }

    @Override
    public Shape searchSpace() {
        return new Shape(2);
    }

    @Override
    public NDArray locate(NDArray z) {
        return z;
    }

    @Override
    public NDArray generate(NDArray points) {
        return points.reshape(-1, 1, 1, 2);
    }
}
