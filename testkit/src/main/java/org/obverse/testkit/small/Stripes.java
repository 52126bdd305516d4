package org.obverse.testkit.small;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import org.obverse.api.data.Images;

/** Public images of any number: stripes that differ in colour and width. */
public record Stripes(int size, int side) implements Images {
    @Override
    public Shape shape() {
        return new Shape(3, side, side);
    }

    @Override
    public int label(int index) {
        return -1;
    }

    @Override
    public NDArray read(NDManager manager, int... indices) {
        int pixels = 3 * side * side;
        float[] values = new float[indices.length * pixels];
        for (int i = 0; i < indices.length; i++) {
            for (int p = 0; p < pixels; p++) {
                values[i * pixels + p] = (float) Math.sin((indices[i] + 1) * 0.7 + p * (0.05 + 0.01 * indices[i]));
            }
        }
        return manager.create(values, new Shape(indices.length, 3, side, side));
    }
}
