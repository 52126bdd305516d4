package org.obverse.plugins.membership;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.obverse.api.metric.Measurement;
import org.obverse.api.metric.Measurement.Better;
import org.obverse.api.metric.Measurement.Figure;
import org.obverse.api.metric.MembershipEvidence;
import org.obverse.api.metric.MembershipEvidence.Attacked;
import org.obverse.api.metric.MembershipMetric;
import org.obverse.api.metric.MetricFailedException;
import org.obverse.api.plugin.Checked;
import org.obverse.api.plugin.Meaning;
import org.obverse.api.plugin.Problem;
import org.obverse.api.plugin.Problems;
import org.obverse.api.plugin.Resources;

/**
 * The true positive rate at a low false positive rate: the largest one of a threshold whose false positive rate is no larger, without
 * interpolation (Carlini et al. 2022, section IV). Undefined where one of the others alone is a larger share.
 */
final class TruePositives implements MembershipMetric {
    private final Configuration configuration;

    /** At which rate. */
    public record Configuration(
            @Meaning("the largest false positive rate, in (0, 1)")
            double falsePositives) implements Checked {
        static final Configuration DEFAULT = new Configuration(0.01);

        @Override
        public List<Problem> check() {
            return new Problems()
                    .require(
                            falsePositives > 0 && falsePositives < 1,
                            "false-positives",
                            falsePositives + " is no rate that an attack could be held to",
                            "use a value above 0 and below 1, such as 0.01")
                    .list();
        }
    }

    TruePositives(Configuration configuration, Resources resources) {
        this.configuration = configuration;
    }

    @Override
    public Measurement measure(MembershipEvidence evidence) throws MetricFailedException {
        double limit = configuration.falsePositives();
        List<Figure> figures = new ArrayList<>();
        for (Attacked attack : evidence.attacks()) {
            evidence.checkpoint();
            int others = attack.others().size();
            if (others * limit < 1) {
                throw new MetricFailedException(
                        "membership.samples: with %d others a false positive rate is 0 or at least %s, and nothing lies below %s; judge at least %d"
                                .formatted(others, percent(1.0 / others), percent(limit), (long) Math.ceil(1 / limit)));
            }
            Separation separation =
                    new Separation(MembershipFigures.array(attack.members()), MembershipFigures.array(attack.others()));
            figures.add(new Figure(
                    "TPR at FPR %s(%s)".formatted(percent(limit), attack.attack()),
                    separation.truePositivesAt(limit),
                    Better.HIGHER,
                    "fraction"));
        }
        return Measurement.of(figures.toArray(Figure[]::new));
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.4g", 100 * share).replaceFirst("\\.?0+$", "") + " %";
    }
}
