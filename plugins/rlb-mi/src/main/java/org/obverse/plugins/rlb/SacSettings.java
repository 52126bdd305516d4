package org.obverse.plugins.rlb;

import java.util.List;
import org.obverse.api.attack.CenterCropped;
import org.obverse.api.plugin.Checked;
import org.obverse.api.plugin.Meaning;
import org.obverse.api.plugin.Problem;
import org.obverse.api.plugin.Problems;
import org.obverse.inversion.Framing;

/** How {@code soft-actor-critic} searches. The defaults are those of the published code, but for {@code mode}. */
public record SacSettings(
        @Meaning("corrected: soft actor-critic as its paper has it; reference: as the attack's authors released it")
        Mode mode,

        @Meaning("episodes of one action each; every one costs two queries, three if alpha is above 0")
        int episodes,

        @Meaning(
                "share of the state in what the generator is given, alpha * state + (1 - alpha) * action; 0: states are noise")
        double alpha,

        @Meaning("weight of log p of what the generator is given")
        double stateWeight,

        @Meaning("weight of log p of the action") double actionWeight,

        @Meaning("weight of the logarithm of p's lead over the next class")
        double leadWeight,

        @Meaning("least lead, before its logarithm is taken")
        double leastLead,

        @Meaning("least log p that a reward knows, in the corrected mode")
        double floor,

        @Meaning("units of each of the two hidden layers of actor and critics")
        int hidden,

        @Meaning("Adam's learning rate for actor, critics and temperature")
        double learningRate,

        @Meaning("remembered actions that one update learns from; learning begins once there are more")
        int replayBatch,

        @Meaning("side of the central square that the target sees, in pixels of the generator; 0 is the whole image")
        int centerCrop,

        @Meaning("shorter side of what the target sees, in pixels; 0 is its input size")
        int resize)
        implements Checked, CenterCropped {
    public static final SacSettings DEFAULT =
            new SacSettings(Mode.CORRECTED, 40_000, 0, 2, 2, 8, 1e-7, -60, 256, 5e-4, 256, 0, 0);

    Framing framing() {
        return new Framing(centerCrop, resize);
    }

    @Override
    public List<Problem> check() {
        return new Problems()
                .atLeast(1, "episodes", episodes)
                .require(alpha >= 0 && alpha < 1, "alpha", alpha + " leaves no action", "use a number in [0, 1)")
                .notNegative("state-weight", stateWeight)
                .notNegative("action-weight", actionWeight)
                .notNegative("lead-weight", leadWeight)
                .require(
                        leastLead > 0 && leastLead < 1,
                        "least-lead",
                        leastLead + " is no lead of a probability",
                        "use a number in (0, 1)")
                .require(
                        floor < 0 && Double.isFinite(floor),
                        "floor",
                        floor + " is no logarithm of a probability",
                        "use a number below 0")
                .atLeast(1, "hidden", hidden)
                .positive("learning-rate", learningRate)
                .atLeast(1, "replay-batch", replayBatch)
                .all(framing().check())
                .list();
    }
}
