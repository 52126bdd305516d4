package org.obverse.testkit.small;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import org.obverse.api.data.Images;

/** Public images of one colour each, in turn red, green and blue, more or less bright. */
public record Colours(int size) implements Images {
    @Override
    public Shape shape() {
        return new Shape(3, 16, 16);
    }

    @Override
    public int label(int index) {
        return -1;
    }

    @Override
    public NDArray read(NDManager manager, int... indices) {
        float[] values = new float[indices.length * 768];
        for (int i = 0; i < values.length; i++) {
            int image = indices[i / 768];
            boolean lit = i / 256 % 3 == image % 3;
            values[i] = lit ? 0.9f - 0.02f * (image % 7) : -0.8f + 0.01f * (image % 5);
        }
        return manager.create(values, new Shape(indices.length, 3, 16, 16));
    }
}
