package org.obverse.plugins.membership;

import ai.djl.ndarray.NDScope;
import java.util.stream.IntStream;
import org.obverse.api.data.Images;
import org.obverse.api.membership.MembershipAttack;
import org.obverse.api.membership.MembershipContext;
import org.obverse.api.membership.MembershipScores;
import org.obverse.api.oracle.LabelOracle;
import org.obverse.api.plugin.Resources;

/**
 * A member is who is classified as labelled: advantage is the gap between training and test accuracy, the floor of all other attacks (Yeom et
 * al. 2018, section 3.2). Asks for labels alone.
 */
final class Gap implements MembershipAttack {
    private static final double BETWEEN = 0.5;

    /** It has none. */
    public record Configuration() {
        static final Configuration DEFAULT = new Configuration();
    }

    Gap(Configuration configuration, Resources resources) {}

    @Override
    public MembershipScores attack(MembershipContext context) {
        LabelOracle target = context.target(LabelOracle.class);
        Images samples = context.samples();
        double[] scores = new double[samples.size()];
        for (int from = 0; from < scores.length; from += context.batch()) {
            context.checkpoint();
            int[] batch = IntStream.range(from, Math.min(scores.length, from + context.batch()))
                    .toArray();
            try (NDScope scope = new NDScope()) {
                long[] labels =
                        target.labels(samples.read(context.manager(), batch)).toLongArray();
                for (int i = 0; i < batch.length; i++) {
                    scores[batch[i]] = labels[i] == samples.label(batch[i]) ? 1 : 0;
                }
            }
        }
        return MembershipScores.of(Answers.list(scores), BETWEEN);
    }
}
