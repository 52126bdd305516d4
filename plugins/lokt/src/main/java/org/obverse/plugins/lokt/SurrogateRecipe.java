package org.obverse.plugins.lokt;

import java.util.List;
import org.obverse.api.plugin.Checked;
import org.obverse.api.plugin.Meaning;
import org.obverse.api.plugin.Problem;
import org.obverse.api.plugin.Problems;
import org.obverse.api.training.Augmentation;
import org.obverse.api.training.TrainingRecipe;
import org.obverse.api.training.TrainingRecipe.Decay;
import org.obverse.api.training.TrainingRecipe.Method;

/**
 * How a surrogate learns: SGD on the cross-entropy, with a learning rate that falls to 0 as a cosine. Rate, decay and epochs are the
 * published ones; batch and momentum are named nowhere.
 */
public record SurrogateRecipe(
        @Meaning("passes over the labelled images") int epochs,

        @Meaning("images per step") int batch,

        @Meaning("SGD's learning rate of the first epoch") double learningRate,

        @Meaning("SGD's momentum, in [0, 1)") double momentum)
        implements Checked {
    static final SurrogateRecipe DEFAULT = new SurrogateRecipe(10, 64, 0.01, 0.9);

    TrainingRecipe training() {
        TrainingRecipe usual = TrainingRecipe.DEFAULT;
        return new TrainingRecipe(
                Method.SGD,
                learningRate,
                usual.beta1(),
                usual.beta2(),
                momentum,
                0,
                epochs,
                batch,
                Decay.COSINE,
                List.of(),
                0,
                0,
                Augmentation.NONE);
    }

    @Override
    public List<Problem> check() {
        return new Problems()
                .atLeast(1, "epochs", epochs)
                .require(batch >= 2, "batch", "batch statistics need more than " + batch, "use at least 2")
                .positive("learning-rate", learningRate)
                .decay("momentum", momentum)
                .list();
    }
}
