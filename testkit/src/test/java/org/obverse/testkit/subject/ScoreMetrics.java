package org.obverse.testkit.subject;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.obverse.api.data.Part;
import org.obverse.api.metric.Measurement;
import org.obverse.api.metric.Measurement.Better;
import org.obverse.api.metric.Measurement.Figure;
import org.obverse.api.metric.MembershipEvidence;
import org.obverse.api.metric.MembershipEvidence.Attacked;
import org.obverse.api.metric.MembershipMetric;
import org.obverse.api.metric.Metric;
import org.obverse.api.metric.MetricFailedException;
import org.obverse.api.plugin.Kind;
import org.obverse.api.plugin.Requirements;
import org.obverse.api.plugin.Resources;

/** How much higher members score than others on average, in units of how far others spread. */
record ScoreMetrics(Fault fault, double weight, Resources resources, AtomicInteger calls) implements MembershipMetric {
    enum Fault implements Subjects.Fault {
        NONE("honest-of-scores"),
        NAMES_NO_ATTACK("figures-are-finite-and-named-3"),
        SMALLER_IS_BETTER("the-best-case-beats-the-worst-2"),
        COUNTS_THE_FIRST_HALF("order-of-candidates-is-irrelevant-2"),
        DIVIDES_BY_NOTHING("failure-is-typed-4"),
        READS_MORE("reads-what-it-declares-2"),
        TIRES("calls-are-not-counted-2"),
        NEVER_LOOKS_UP("checkpoints-are-obeyed-4"),
        RECORDS_ON("nothing-is-left-open-3");

        private final String rule;

        Fault(String rule) {
            this.rule = rule;
        }

        @Override
        public String rule() {
            return rule;
        }
    }

    static Subjects<Fault, Metric> subjects() {
        return new Subjects<>(
                Kind.METRIC,
                List.of(Fault.values()),
                fault -> Requirements.none(),
                (fault, weight, resources) -> new ScoreMetrics(fault, weight, resources, new AtomicInteger()));
    }

    @Override
    public Measurement measure(MembershipEvidence evidence) throws MetricFailedException {
        if (fault == Fault.RECORDS_ON) {
            resources.gradients().recording();
        }
        if (fault == Fault.READS_MORE) {
            evidence.data().images(Part.TRAINING);
        }
        calls.incrementAndGet();
        List<Figure> figures = new ArrayList<>();
        for (Attacked attack : evidence.attacks()) {
            if (fault != Fault.NEVER_LOOKS_UP) {
                evidence.checkpoint();
            }
            String name = fault == Fault.NAMES_NO_ATTACK ? "gap" : "gap(" + attack.attack() + ")";
            Better better = fault == Fault.SMALLER_IS_BETTER ? Better.LOWER : Better.HIGHER;
            figures.add(new Figure(name, weight * gap(attack), better, "deviations"));
        }
        return Measurement.of(figures.toArray(Figure[]::new));
    }

    private double gap(Attacked attack) throws MetricFailedException {
        List<Double> members = fault == Fault.COUNTS_THE_FIRST_HALF
                ? attack.members().subList(0, (attack.members().size() + 1) / 2)
                : attack.members();
        double others = mean(attack.others());
        double spread = Math.sqrt(mean(attack.others().stream()
                .map(score -> (score - others) * (score - others))
                .toList()));
        if (spread == 0 && fault != Fault.DIVIDES_BY_NOTHING) {
            throw new MetricFailedException("the others score all the same; judge more of them");
        }
        return (mean(members) - others) / spread * Labour.grown(fault == Fault.TIRES ? calls.get() : 0);
    }

    private static double mean(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
    }
}
