package org.obverse.plugins.membership;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.obverse.api.data.Images;
import org.obverse.api.membership.MembershipAttack;
import org.obverse.api.membership.MembershipContext;
import org.obverse.api.membership.MembershipScores;
import org.obverse.api.membership.ReferenceModel;
import org.obverse.api.oracle.ScoreOracle;
import org.obverse.api.plugin.Meaning;
import org.obverse.api.plugin.Resources;

/**
 * A member is whose signal is above the threshold of its class: the one of the largest advantage on samples of that class whose membership
 * is known (Song and Mittal 2021, section 3.2). A class of which fewer than five members or others are known has the threshold of all
 * classes, as one or two would tell nothing. A
 * score is the signal less the threshold.
 */
final class PerClassThresholds implements MembershipAttack {
    /** Of either side, for a threshold of its own. */
    private static final int FEWEST = 5;

    private final Configuration configuration;

    /** What is compared, and where the thresholds come from. */
    public record Configuration(
            @Meaning("what is compared: loss, scaled-logit, margin, entropy or modified-entropy")
            Signal signal,

            @Meaning(
                    "whose answers tell the thresholds: known (the target's to the known samples) or references (each reference model's to the"
                            + " samples that it was trained on and to the others, as in the paper)")
            From from) {
        static final Configuration DEFAULT = new Configuration(Signal.MODIFIED_ENTROPY, From.REFERENCES);
    }

    /** Whose answers tell the thresholds. */
    enum From {
        @JsonProperty("known")
        KNOWN,
        @JsonProperty("references")
        REFERENCES
    }

    PerClassThresholds(Configuration configuration, Resources resources) {
        this.configuration = configuration;
    }

    /** Signals whose membership is known, of one class or of all. */
    private static final class Side {
        private final List<Double> members = new ArrayList<>();
        private final List<Double> others = new ArrayList<>();

        void add(boolean member, double signal) {
            (member ? members : others).add(signal);
        }

        boolean isKnown() {
            return members.size() >= FEWEST && others.size() >= FEWEST;
        }

        /** Halfway between two signals, so that neither lies on it. */
        double threshold() {
            Separation known = new Separation(array(members), array(others));
            double best = Double.NaN;
            double largest = Double.NEGATIVE_INFINITY;
            double above = Double.NaN;
            for (double signal : known.thresholds()) {
                double between = Double.isNaN(above) ? signal : signal + (above - signal) / 2;
                double advantage = known.advantage(between);
                if (advantage > largest) {
                    largest = advantage;
                    best = between;
                }
                above = signal;
            }
            return best;
        }

        private static double[] array(List<Double> values) {
            return values.stream().mapToDouble(value -> value).toArray();
        }
    }

    @Override
    public MembershipScores attack(MembershipContext context) {
        Side all = new Side();
        Map<Integer, Side> classes = new HashMap<>();
        if (configuration.from() == From.KNOWN) {
            ScoreOracle target = context.target(ScoreOracle.class);
            learn(target, context.knownMembers(), context, sample -> true, all, classes);
            learn(target, context.knownOthers(), context, sample -> false, all, classes);
        } else {
            for (ReferenceModel reference : context.references()) {
                ScoreOracle model = reference.oracle(ScoreOracle.class);
                learn(model, context.samples(), context, reference::isTrainedOn, all, classes);
            }
        }
        Map<Integer, Double> thresholds = new HashMap<>();
        classes.forEach((label, side) -> thresholds.put(label, side.isKnown() ? side.threshold() : all.threshold()));
        double fallback = all.threshold();
        Images samples = context.samples();
        double[] signals = Answers.of(configuration.signal(), context.target(ScoreOracle.class), samples, context);
        for (int i = 0; i < signals.length; i++) {
            signals[i] -= thresholds.getOrDefault(samples.label(i), fallback);
        }
        return MembershipScores.of(Answers.list(signals), 0);
    }

    /** Whether a sample is a member, by its index. */
    private interface Membership {
        boolean of(int sample);
    }

    private void learn(
            ScoreOracle model,
            Images images,
            MembershipContext context,
            Membership membership,
            Side all,
            Map<Integer, Side> classes) {
        double[] signals = Answers.of(configuration.signal(), model, images, context);
        for (int i = 0; i < signals.length; i++) {
            all.add(membership.of(i), signals[i]);
            classes.computeIfAbsent(images.label(i), label -> new Side()).add(membership.of(i), signals[i]);
        }
    }
}
