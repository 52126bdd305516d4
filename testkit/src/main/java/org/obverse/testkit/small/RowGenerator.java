package org.obverse.testkit.small;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import org.obverse.api.generator.Generator;

/** An image is one row of pixels, which are z. */
public record RowGenerator(int latentSize) implements Generator {
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
        return z;
    }

    @Override
    public NDArray generate(NDArray points) {
        return points.reshape(-1, 1, 1, latentSize);
    }
}
