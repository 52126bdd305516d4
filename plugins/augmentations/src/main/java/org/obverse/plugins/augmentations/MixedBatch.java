package org.obverse.plugins.augmentations;

import ai.djl.ndarray.NDArray;
import org.obverse.api.defense.DataTransform;
import org.obverse.api.defense.Epoch;
import org.obverse.api.random.RandomStream;

/**
 * {@code λ x_i + (1 - λ) x_j} and {@code λ y_i + (1 - λ) y_j} with one λ ~ Beta(α, α) per batch, where j goes through the
 * same batch in another order (Zhang et al. 2018, arXiv 1710.09412, section 2 and figure 1a). What the trainer counts as
 * correct is the label of x_i.
 */
record MixedBatch(double alpha) implements DataTransform {
    @Override
    public Batch transform(Batch batch, Epoch epoch, RandomStream random) {
        if (alpha == 0) {
            return batch;
        }
        double lambda = Beta.draw(alpha, random.child("share"));
        int count = Math.toIntExact(batch.images().getShape().get(0));
        NDArray partners =
                batch.images().getManager().create(random.child("partners").permutation(count));
        return new Batch(mixed(batch.images(), partners, lambda), mixed(batch.targets(), partners, lambda));
    }

    @Override
    public boolean softensLabels() {
        return alpha != 0;
    }

    @Override
    public boolean mixesSamples() {
        return alpha != 0;
    }

    /** In the form {@code x_i + (1 - λ) (x_j - x_i)}, which leaves equal samples as they are. */
    private static NDArray mixed(NDArray samples, NDArray partners, double lambda) {
        return samples.add(samples.get(partners).sub(samples).mul(1 - lambda));
    }
}
