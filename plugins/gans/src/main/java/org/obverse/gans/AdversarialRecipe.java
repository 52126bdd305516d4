package org.obverse.gans;

import ai.djl.ndarray.NDList;
import java.util.List;
import org.obverse.api.data.Images;
import org.obverse.api.plugin.Checked;
import org.obverse.api.plugin.InvalidConfigurationException;
import org.obverse.api.plugin.Meaning;
import org.obverse.api.plugin.Problem;
import org.obverse.api.plugin.Problems;
import org.obverse.api.training.ParameterOptimizer;
import org.obverse.api.training.Training;

/** The pace of a training of two networks against one another: a step is one of the discriminator. */
public record AdversarialRecipe(
        @Meaning("passes over the public images; their number over the batch is the number of steps")
        int epochs,

        @Meaning("images per step; those that do not fill a batch at the end of an epoch are left out")
        int batch,

        @Meaning("Adam's learning rate of both networks") double learningRate,

        @Meaning("Adam's decay of the first moment, in [0, 1)")
        double beta1,

        @Meaning("Adam's decay of the second moment, in [0, 1)")
        double beta2,

        @Meaning("steps of the discriminator for one of the generator")
        int generatorEvery)
        implements Checked {
    private static final double EPSILON = 1e-8;

    /** As GMI and KED-MI were published: Adam 2e-4 (.5, .999), batch 64, the generator every five steps. */
    public static AdversarialRecipe published(int epochs) {
        return new AdversarialRecipe(epochs, 64, 2e-4, 0.5, 0.999, 5);
    }

    /**
     * The number of steps.
     *
     * @throws InvalidConfigurationException if there are fewer images than a batch takes
     */
    public int steps(Images images) {
        if (images.size() < batch) {
            throw new InvalidConfigurationException(new Problem(
                    "training.batch",
                    "there are only " + images.size() + " public images for a batch of " + batch,
                    "use a smaller batch or more public images"));
        }
        return Math.toIntExact((long) epochs * (images.size() / batch));
    }

    /** Whether the generator learns after the discriminator's step {@code step}, from 0. */
    public boolean generatorLearns(int step) {
        return (step + 1) % generatorEvery == 0;
    }

    /** An optimizer for one of the networks. */
    public ParameterOptimizer adam(Training training, NDList variables) {
        return training.adam(variables, beta1, beta2, EPSILON, 0);
    }

    @Override
    public List<Problem> check() {
        return new Problems()
                .atLeast(1, "epochs", epochs)
                .require(batch >= 2, "batch", "batch statistics need more than " + batch, "use at least 2")
                .positive("learning-rate", learningRate)
                .decay("beta1", beta1)
                .decay("beta2", beta2)
                .atLeast(1, "generator-every", generatorEvery)
                .list();
    }
}
