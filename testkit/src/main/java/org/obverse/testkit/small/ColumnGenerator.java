package org.obverse.testkit.small;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import org.obverse.api.generator.Conditional;

/** Columns of an image show coordinates of z, shifted by the class. */
public record ColumnGenerator(int latentSize, int conditions) implements Conditional {
    @Override
    public Shape image() {
        return new Shape(3, 16, 16);
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
    public NDArray locate(NDArray z, int[] condition) {
        float[] shift = new float[condition.length];
        for (int i = 0; i < shift.length; i++) {
            shift[i] = 0.1f * condition[i];
        }
        return z.add(z.getManager().create(shift, new Shape(shift.length, 1)));
    }

    @Override
    public NDArray generate(NDArray points) {
        NDArray wide = points.tanh().repeat(1, 3).get(":, 0:16");
        return wide.reshape(-1, 1, 1, 16).repeat(1, 3).repeat(2, 16);
    }
}
