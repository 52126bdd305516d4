package org.obverse.plugins.membership;

import java.util.Arrays;
import org.obverse.api.membership.MembershipAttack;
import org.obverse.api.membership.MembershipContext;
import org.obverse.api.membership.MembershipScores;
import org.obverse.api.oracle.ScoreOracle;
import org.obverse.api.plugin.Resources;

/**
 * A member is whose loss is below the mean loss of members (Yeom et al. 2018, algorithm 1). The mean is that of the members that the
 * attacker knows.
 */
final class AverageLoss implements MembershipAttack {
    /** It has none. */
    public record Configuration() {
        static final Configuration DEFAULT = new Configuration();
    }

    AverageLoss(Configuration configuration, Resources resources) {}

    @Override
    public MembershipScores attack(MembershipContext context) {
        ScoreOracle target = context.target(ScoreOracle.class);
        double mean = Arrays.stream(Answers.of(Signal.LOSS, target, context.knownMembers(), context))
                .average()
                .orElseThrow();
        return MembershipScores.of(Answers.list(Answers.of(Signal.LOSS, target, context.samples(), context)), mean);
    }
}
