package org.obverse.plugins.ppa;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import org.obverse.api.random.RandomStream;

/** Draws from a generator's prior, kept on the host. */
final class LatentPool {
    private final int length;
    private final float[] values;

    /**
     * @param length of a point
     * @param values point behind point
     */
    LatentPool(int length, float... values) {
        this.length = length;
        this.values = values;
    }

    /** Where the points come from. */
    @FunctionalInterface
    interface Source {
        /**
         * @param size number of points
         * @param length of a point
         */
        LatentPool draw(RandomStream random, int size, int length);
    }

    /** Point i has a stream of its own, so a larger pool begins with the points of a smaller one. */
    static LatentPool draw(RandomStream random, int size, int length) {
        float[] values = new float[size * length];
        for (int i = 0; i < size; i++) {
            float[] point = random.child("point", i).gaussians(length);
            System.arraycopy(point, 0, values, i * length, length);
        }
        return new LatentPool(length, values);
    }

    int size() {
        return values.length / length;
    }

    /** {@code [points.length, latentSize]}. */
    NDArray rows(NDManager manager, int... points) {
        float[] picked = new float[points.length * length];
        for (int i = 0; i < points.length; i++) {
            System.arraycopy(values, points[i] * length, picked, i * length, length);
        }
        return manager.create(picked, new Shape(points.length, length));
    }
}
