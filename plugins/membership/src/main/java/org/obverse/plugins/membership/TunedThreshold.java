package org.obverse.plugins.membership;

import org.obverse.api.membership.MembershipAttack;
import org.obverse.api.membership.MembershipContext;
import org.obverse.api.membership.MembershipScores;
import org.obverse.api.oracle.ScoreOracle;
import org.obverse.api.plugin.Meaning;
import org.obverse.api.plugin.Resources;

/** A member is whose signal is above a threshold that was tuned on samples whose membership is known ({@link Tuning}). */
final class TunedThreshold implements MembershipAttack {
    private final Configuration configuration;

    /** What is compared with the threshold. */
    public record Configuration(
            @Meaning("what is compared: loss, scaled-logit, margin, entropy or modified-entropy")
            Signal signal) {
        static final Configuration DEFAULT = new Configuration(Signal.LOSS);
    }

    TunedThreshold(Configuration configuration, Resources resources) {
        this.configuration = configuration;
    }

    @Override
    public MembershipScores attack(MembershipContext context) {
        ScoreOracle target = context.target(ScoreOracle.class);
        Signal signal = configuration.signal();
        Tuning tuning = Tuning.of(
                Answers.of(signal, target, context.knownMembers(), context),
                Answers.of(signal, target, context.knownOthers(), context));
        return MembershipScores.of(
                Answers.list(Answers.of(signal, target, context.samples(), context)), tuning.threshold());
    }
}
