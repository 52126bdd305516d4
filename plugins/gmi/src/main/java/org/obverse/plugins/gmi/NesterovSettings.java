package org.obverse.plugins.gmi;

import java.util.List;
import org.obverse.api.plugin.Checked;
import org.obverse.api.plugin.Meaning;
import org.obverse.api.plugin.Problem;
import org.obverse.api.plugin.Problems;
import org.obverse.api.plugin.Use;

/** How {@code latent-nesterov} searches. The defaults are those of the published function. */
public record NesterovSettings(
        @Meaning("steps per candidate, all of which are taken")
        int iterations,

        @Meaning("learning rate, of a gradient divided as reduction says")
        double learningRate,

        @Meaning("share of the velocity that the next step keeps, in [0, 1)")
        double momentum,

        @Meaning("bound of every coordinate of z after a step, in standard deviations of the prior")
        double range,

        @Meaning("what says how far an image is from its class: an identity loss, such as cross-entropy")
        Use loss,

        @Meaning("weight of that loss") double identity,

        @Meaning("weight of the critic's realness; 0 leaves it out, and with it the need for a generator with a critic")
        double realism,

        @Meaning(
                "per-candidate: gradients are divided by mean-over, whatever the batch; mean: by the candidates of the batch, as"
                        + " published")
        Reduction reduction,

        @Meaning("identities of the published batch whose steps per-candidate takes")
        int meanOver)
        implements Checked {
    public static final NesterovSettings DEFAULT =
            new NesterovSettings(1500, 0.02, 0.9, 1, Use.of("cross-entropy"), 100, 1, Reduction.PER_CANDIDATE, 60);

    boolean judgesRealism() {
        return realism > 0;
    }

    @Override
    public List<Problem> check() {
        return new Problems()
                .atLeast(1, "iterations", iterations)
                .positive("learning-rate", learningRate)
                .decay("momentum", momentum)
                .positive("range", range)
                .notNegative("identity", identity)
                .notNegative("realism", realism)
                .require(
                        identity != 0 || realism != 0,
                        "identity",
                        "with identity and realism both 0 there is nothing to descend",
                        "use a positive weight for one of them, such as identity: 100")
                .atLeast(1, "mean-over", meanOver)
                .list();
    }
}
