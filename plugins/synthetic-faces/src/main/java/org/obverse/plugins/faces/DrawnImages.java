package org.obverse.plugins.faces;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Objects;
import java.util.function.IntFunction;
import java.util.function.IntUnaryOperator;
import org.obverse.api.data.Images;

/**
 * Images whose labels and pictures are functions of their number, safe for use by several threads.
 *
 * @param shape of one image
 * @param labels the class of an image
 * @param pictures the values of an image, which are not changed here
 */
record DrawnImages(int size, Shape shape, IntUnaryOperator labels, IntFunction<float[]> pictures) implements Images {
    @Override
    public int label(int index) {
        return labels.applyAsInt(Objects.checkIndex(index, size));
    }

    @Override
    public NDArray read(NDManager manager, int... indices) {
        int length = Math.toIntExact(shape.size());
        float[] values = new float[Math.multiplyExact(indices.length, length)];
        int at = 0;
        for (int index : indices) {
            float[] picture = pictures.apply(Objects.checkIndex(index, size));
            System.arraycopy(picture, 0, values, at, length);
            at += length;
        }
        return manager.create(values, new Shape(indices.length).addAll(shape));
    }
}
