package org.obverse.plugins.example;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import org.obverse.api.generator.Generator;

/** A generator without weights: its search space is the plane of z, turned by a right angle; points are images. */
record Rotation() implements Generator {
    @Override
    public int latentSize() {
        return 2;
    }

    @Override
    public Shape image() {
        return new Shape(2);
    }

    @Override
    public Shape searchSpace() {
        return new Shape(2);
    }

    @Override
    public NDArray locate(NDArray z) {
        return z.matMul(z.getManager().create(new float[][] {{0, 1}, {-1, 0}}));
    }

    @Override
    public NDArray generate(NDArray points) {
        return points.duplicate();
    }
}
