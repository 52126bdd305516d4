package org.obverse.plugins.plg;

import java.util.List;
import org.obverse.api.data.Images;
import org.obverse.api.plugin.Checked;
import org.obverse.api.plugin.InvalidConfigurationException;
import org.obverse.api.plugin.Meaning;
import org.obverse.api.plugin.Problem;
import org.obverse.api.plugin.Problems;
import org.obverse.gans.AdversarialRecipe;

/** The pace of the conditional GAN's training. The defaults are the published ones. */
public record HingeRecipe(
        @Meaning("steps of the generator, each of which the discriminator's follow")
        int iterations,

        @Meaning("steps of the discriminator after each of the generator")
        int discriminatorSteps,

        @Meaning("images per step") int batch,

        @Meaning("Adam's learning rate of both networks") double learningRate,

        @Meaning("Adam's decay of the first moment, in [0, 1)")
        double beta1,

        @Meaning("Adam's decay of the second moment, in [0, 1)")
        double beta2)
        implements Checked {
    static final HingeRecipe DEFAULT = new HingeRecipe(30_000, 5, 64, 2e-4, 0, 0.9);

    /** What both players' optimizers take of it. */
    AdversarialRecipe adam() {
        return new AdversarialRecipe(1, batch, learningRate, beta1, beta2, 1);
    }

    /**
     * @param labelled the images with pseudo labels
     * @throws InvalidConfigurationException if they do not fill a batch
     */
    void requireEnough(Images labelled) {
        if (labelled.size() < batch) {
            throw new InvalidConfigurationException(new Problem(
                    "training.batch",
                    "there are only " + labelled.size() + " images with pseudo labels for a batch of " + batch,
                    "use a smaller batch or a larger per-class"));
        }
    }

    @Override
    public List<Problem> check() {
        return new Problems()
                .atLeast(1, "iterations", iterations)
                .atLeast(1, "discriminator-steps", discriminatorSteps)
                .require(batch >= 2, "batch", "batch statistics need more than " + batch, "use at least 2")
                .positive("learning-rate", learningRate)
                .decay("beta1", beta1)
                .decay("beta2", beta2)
                .list();
    }
}
