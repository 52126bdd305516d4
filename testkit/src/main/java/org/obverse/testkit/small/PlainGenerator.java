package org.obverse.testkit.small;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import org.obverse.api.generator.Generator;

/** The smallest generator: every channel of a column shows one coordinate of z. */
public record PlainGenerator(int latentSize, int side) implements Generator {
    @Override
    public Shape image() {
        return new Shape(3, side, side);
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
        NDArray row = points.tanh();
        NDArray wide = row.repeat(1, (side + latentSize - 1) / latentSize).get(":, 0:" + side);
        return wide.reshape(-1, 1, 1, side).repeat(1, 3).repeat(2, side);
    }
}
