package org.obverse.toy2d;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;

/**
 * How a point of the plane is an image: an image {@code [2]} is the point's coordinates over 32, which keeps the data
 * in [-1, 1]. The factor is a power of two, so that neither direction rounds.
 */
public final class Plane {
    /** The shape of one image, and of one point. */
    public static final Shape SHAPE = new Shape(2);

    /** The coordinate that 1 in an image stands for. */
    static final float EXTENT = 32;

    private Plane() {}

    /**
     * @param points {@code [N, 2]}
     * @return {@code [N, 2]}
     */
    public static NDArray images(NDArray points) {
        return points.div(EXTENT);
    }

    /**
     * @param images {@code [N, 2]}
     * @return {@code [N, 2]}
     */
    public static NDArray points(NDArray images) {
        return images.mul(EXTENT);
    }
}
