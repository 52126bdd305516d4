package org.obverse.plugins.toy2d;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import org.obverse.api.generator.Generator;
import org.obverse.toy2d.Plane;

/** The plane as its own search space: z is the point, and the point is the image, in the image's unit. */
record PlaneGenerator() implements Generator {
    @Override
    public int latentSize() {
        return Math.toIntExact(Plane.SHAPE.size());
    }

    @Override
    public Shape image() {
        return Plane.SHAPE;
    }

    @Override
    public Shape searchSpace() {
        return Plane.SHAPE;
    }

    @Override
    public NDArray locate(NDArray z) {
        return z.duplicate();
    }

    @Override
    public NDArray generate(NDArray points) {
        return Plane.images(points);
    }
}
