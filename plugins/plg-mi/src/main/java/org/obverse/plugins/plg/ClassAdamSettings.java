package org.obverse.plugins.plg;

import java.util.List;
import org.obverse.api.plugin.Checked;
import org.obverse.api.plugin.Meaning;
import org.obverse.api.plugin.Problem;
import org.obverse.api.plugin.Problems;
import org.obverse.api.plugin.Use;
import org.obverse.inversion.Augmentation;
import org.obverse.inversion.LatentDescent;
import org.obverse.inversion.LatentDescent.Reduction;
import org.obverse.inversion.StepDecay;

/** How {@code class-adam} searches. The defaults are those of the published code. */
public record ClassAdamSettings(
        @Meaning("steps per candidate, all of which are taken")
        int steps,

        @Meaning("Adam's learning rate") double learningRate,

        @Meaning("Adam's decay of the first moment, in [0, 1)")
        double beta1,

        @Meaning("Adam's decay of the second moment, in [0, 1)")
        double beta2,

        @Meaning("what says how far an image is from its class: an identity loss, such as cross-entropy")
        Use loss,

        @Meaning("augmented views of each image per step, each of which is one query; their losses are added")
        int views,

        @Meaning("what is done to an image for a view") Augmentation augmentation)
        implements Checked {
    public static final ClassAdamSettings DEFAULT =
            new ClassAdamSettings(600, 0.1, 0.9, 0.999, Use.of("max-margin"), 2, Augmentation.OF_SEARCH);

    private static final double EPSILON = 1e-8;

    LatentDescent.Settings descent() {
        return new LatentDescent.Settings(
                steps, new StepDecay(learningRate, List.of(), 1), beta1, beta2, EPSILON, 0, Reduction.SUM);
    }

    @Override
    public List<Problem> check() {
        return new Problems()
                .atLeast(1, "steps", steps)
                .positive("learning-rate", learningRate)
                .decay("beta1", beta1)
                .decay("beta2", beta2)
                .atLeast(1, "views", views)
                .under("augmentation", augmentation.check())
                .list();
    }
}
