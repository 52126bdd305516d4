package org.obverse.plugins.augmentations;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import org.obverse.api.defense.DataTransform;
import org.obverse.api.defense.Epoch;
import org.obverse.api.random.RandomStream;

/**
 * {@code clip(x + σ ε, -1, 1)} with ε drawn from N(0, I) (augmentation_mia, revision 042f2a0, which has x in [0, 1] and
 * half of this σ).
 */
record NoisyPictures(double sigma) implements DataTransform {
    @Override
    public Batch transform(Batch batch, Epoch epoch, RandomStream random) {
        if (sigma == 0) {
            return batch;
        }
        NDArray images = batch.images();
        Shape shape = images.getShape();
        int count = Math.toIntExact(shape.get(0));
        int values = Math.toIntExact(shape.slice(1).size());
        float[] draws = new float[count * values];
        for (int i = 0; i < count; i++) {
            System.arraycopy(Pictures.stream(random, i).gaussians(values), 0, draws, i * values, values);
        }
        NDArray noise = images.getManager().create(draws, shape).mul(sigma).toType(images.getDataType(), false);
        return new Batch(images.add(noise).clip(-1, 1), batch.targets());
    }
}
