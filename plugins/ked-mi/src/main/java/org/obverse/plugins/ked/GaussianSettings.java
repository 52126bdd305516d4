package org.obverse.plugins.ked;

import java.util.List;
import org.obverse.api.plugin.Checked;
import org.obverse.api.plugin.Meaning;
import org.obverse.api.plugin.Problem;
import org.obverse.api.plugin.Problems;
import org.obverse.api.plugin.Use;
import org.obverse.inversion.LatentDescent;
import org.obverse.inversion.LatentDescent.Reduction;
import org.obverse.inversion.StepDecay;

/** How {@code gaussian-adam} searches. The defaults are those of the published code. */
public record GaussianSettings(
        @Meaning("steps, each with one draw from every distribution")
        int steps,

        @Meaning("Adam's learning rate for mean and log-variance")
        double learningRate,

        @Meaning("Adam's decay of the first moment, in [0, 1)")
        double beta1,

        @Meaning("Adam's decay of the second moment, in [0, 1)")
        double beta2,

        @Meaning("what says how far an image is from its class: an identity loss, such as cross-entropy")
        Use loss,

        @Meaning("weight of that loss") double identity,

        @Meaning("weight of the discriminator's -log(realness); 0 leaves it out, and with it what couples a batch")
        double realism)
        implements Checked {
    public static final GaussianSettings DEFAULT =
            new GaussianSettings(2400, 0.02, 0.9, 0.999, Use.of("cross-entropy"), 100, 1);

    private static final double EPSILON = 1e-8;

    boolean judgesRealism() {
        return realism > 0;
    }

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
                .positive("identity", identity)
                .notNegative("realism", realism)
                .list();
    }
}
