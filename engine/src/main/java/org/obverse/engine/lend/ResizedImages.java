package org.obverse.engine.lend;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import org.obverse.api.data.Images;
import org.obverse.api.tensor.Resampling;

/**
 * Pictures at another size, resampled as they are read.
 *
 * @param shape {@code [C, H, W]}
 */
public record ResizedImages(Images plain, Shape shape) implements Images {
    /** The images themselves if they have the size already, or are no pictures. */
    public static Images of(Images plain, Shape shape) {
        return shape.dimension() != 3 || plain.shape().equals(shape) ? plain : new ResizedImages(plain, shape);
    }

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
        return Resampling.of(plain.shape())
                .resize(Math.toIntExact(shape.get(1)), Math.toIntExact(shape.get(2)))
                .apply(plain.read(manager, indices));
    }
}
