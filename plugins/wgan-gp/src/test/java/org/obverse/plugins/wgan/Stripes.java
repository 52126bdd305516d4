package org.obverse.plugins.wgan;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import org.obverse.api.data.Images;

/** Public images of stripes that differ in colour and width. */
record Stripes(int size) implements Images {
    @Override
    public Shape shape() {
        return new Shape(3, 32, 32);
    }

    @Override
    public int label(int index) {
        return -1;
    }

    @Override
    public NDArray read(NDManager manager, int... indices) {
        float[] values = new float[indices.length * 3072];
        for (int i = 0; i < values.length; i++) {
            int image = indices[i / 3072];
            values[i] = (float) Math.sin((image + 1) * 0.7 + i % 3072 * (0.05 + 0.01 * image));
        }
        return manager.create(values, new Shape(indices.length, 3, 32, 32));
    }
}
