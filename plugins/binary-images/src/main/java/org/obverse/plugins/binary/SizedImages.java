package org.obverse.plugins.binary;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import org.obverse.api.data.Images;
import org.obverse.api.tensor.Resampling;

/**
 * Images at another size, resampled as they are read.
 *
 * @param shape {@code [C, H, W]}
 */
record SizedImages(Images plain, Shape shape) implements Images {
    @Override
    public int size() {
        return plain.size();
    }

    @Override
    public int label(int index) {
        return plain.label(index);
    }

    @Override
    public NDArray read(NDManager manager, int... indices) {
        try (NDArray images = plain.read(manager, indices);
                NDArray resized = Resampling.of(images.getShape())
                        .resize(Math.toIntExact(shape.get(1)), Math.toIntExact(shape.get(2)))
                        .apply(images)) {
            return resized.clip(-1, 1);
        }
    }
}
