package org.obverse.plugins.vmi;

import java.util.List;
import org.obverse.api.attack.CenterCropped;
import org.obverse.api.plugin.Checked;
import org.obverse.api.plugin.Meaning;
import org.obverse.api.plugin.Problem;
import org.obverse.api.plugin.Problems;
import org.obverse.api.plugin.Use;
import org.obverse.inversion.Framing;
import org.obverse.inversion.LatentDescent;
import org.obverse.inversion.LatentDescent.Reduction;
import org.obverse.inversion.StepDecay;

/** How {@code variational-adam} searches. Steps, draws and divergence are the published ones. */
public record VariationalSettings(
        @Meaning("steps, each with new draws from every distribution")
        int steps,

        @Meaning("draws from each distribution in a step, each of which is one query")
        int draws,

        @Meaning("Adam's learning rate for all parameters of a distribution")
        double learningRate,

        @Meaning("Adam's decay of the first moment, in [0, 1)")
        double beta1,

        @Meaning("Adam's decay of the second moment, in [0, 1)")
        double beta2,

        @Meaning("what says how far an image is from its class: an identity loss, such as cross-entropy")
        Use loss,

        @Meaning("weight of the Kullback-Leibler divergence from the prior in nats, averaged over the flows of a"
                + " distribution; 0 leaves it out")
        double divergence,

        @Meaning("side of the central square that the target sees, in pixels of the generator; 0 is the whole image")
        int centerCrop,

        @Meaning("shorter side of what the target sees, in pixels; 0 is its input size")
        int resize)
        implements Checked, CenterCropped {
    public static final VariationalSettings DEFAULT =
            new VariationalSettings(310, 32, 0.001, 0.9, 0.999, Use.of("cross-entropy"), 1e-3, 0, 0);

    private static final double EPSILON = 1e-8;

    Framing framing() {
        return new Framing(centerCrop, resize);
    }

    LatentDescent.Settings descent() {
        return new LatentDescent.Settings(
                steps, new StepDecay(learningRate, List.of(), 1), beta1, beta2, EPSILON, 0, Reduction.SUM);
    }

    @Override
    public List<Problem> check() {
        return new Problems()
                .atLeast(1, "steps", steps)
                .atLeast(1, "draws", draws)
                .positive("learning-rate", learningRate)
                .decay("beta1", beta1)
                .decay("beta2", beta2)
                .notNegative("divergence", divergence)
                .all(framing().check())
                .list();
    }
}
