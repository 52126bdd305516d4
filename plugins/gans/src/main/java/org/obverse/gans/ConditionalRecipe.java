package org.obverse.gans;

import java.util.List;
import org.obverse.api.data.Images;
import org.obverse.api.plugin.Checked;
import org.obverse.api.plugin.InvalidConfigurationException;
import org.obverse.api.plugin.Meaning;
import org.obverse.api.plugin.Problem;
import org.obverse.api.plugin.Problems;

/** The pace of a conditional GAN's training, in which all images of a step have a class. */
public record ConditionalRecipe(
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
    /** As PLG-MI was published. */
    public static final ConditionalRecipe PUBLISHED = new ConditionalRecipe(30_000, 5, 64, 2e-4, 0, 0.9);

    /** What both players' optimizers take of it. */
    public AdversarialRecipe adam() {
        return new AdversarialRecipe(1, batch, learningRate, beta1, beta2, 1);
    }

    /**
     * @param real the images to learn from
     * @param called what they are, for the message
     * @param wayOut how there come to be more
     * @throws InvalidConfigurationException if they do not fill a batch
     */
    public void requireEnough(Images real, String called, String wayOut) {
        if (real.size() < batch) {
            throw new InvalidConfigurationException(new Problem(
                    "training.batch",
                    "there are only " + real.size() + " " + called + " for a batch of " + batch,
                    "use a smaller batch or " + wayOut));
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
