package org.obverse.testkit.subject;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.obverse.api.data.Images;
import org.obverse.api.data.Part;
import org.obverse.api.membership.MembershipAttack;
import org.obverse.api.membership.MembershipContext;
import org.obverse.api.membership.MembershipScores;
import org.obverse.api.membership.ReferenceModel;
import org.obverse.api.oracle.LabelOracle;
import org.obverse.api.oracle.LogitOracle;
import org.obverse.api.oracle.ScoreOracle;
import org.obverse.api.plugin.Kind;
import org.obverse.api.plugin.Requirements;
import org.obverse.api.plugin.Requirements.Reading;
import org.obverse.api.plugin.Resources;
import org.obverse.api.plugin.Use;

/** By how much the target is surer of a sample than reference models are that were not trained on it. */
record MembershipAttacks(Fault fault, double weight, Resources resources, List<ScoreOracle> kept, AtomicInteger calls)
        implements MembershipAttack {
    enum Fault implements Subjects.Fault {
        NONE(Subjects.HONEST),
        ASKS_FOR_MORE_THAN_DECLARED("works-at-its-access"),
        DECLARES_LESS_TO_A_PLAN("works-at-its-access-2"),
        READS_WHAT_IT_DOES_NOT_DECLARE("works-at-its-access-3"),
        FORGETS_THE_LAST("scores-are-finite"),
        TAKES_THE_LOGARITHM_OF_NOTHING("scores-are-finite-2"),
        HAS_NO_NUMBER_FOR_A_THRESHOLD("scores-are-finite-3"),
        SCORES_MEMBERS_LOWER("tells-members-from-others"),
        WANTS_THE_MEMBERS("sees-only-filtered-answers"),
        NAMES_THEIR_DATA_SET("sees-only-filtered-answers-2"),
        KEEPS_THE_FIRST_ORACLE("queries-are-counted"),
        BREAKS_TIES_BY_PLACE("order-of-samples-is-irrelevant"),
        COMPARES_WITHIN_THE_BATCH("order-of-samples-is-irrelevant-2"),
        ASKS_ALL_AT_ONCE("batches-are-no-larger-than-asked"),
        TIRES("calls-are-not-counted"),
        NEVER_LOOKS_UP("checkpoints-are-obeyed"),
        WORKS_FOR_SECONDS("checkpoints-are-obeyed-2"),
        CATCHES_TOO_MUCH("checkpoints-are-obeyed-3"),
        LEAKS_PER_CALL("nothing-is-left-open"),
        LEAKS_PER_BATCH("nothing-is-left-open-2");

        private final String rule;

        Fault(String rule) {
            this.rule = rule;
        }

        @Override
        public String rule() {
            return rule;
        }
    }

    static Subjects<Fault, MembershipAttack> subjects() {
        List<ScoreOracle> kept = new ArrayList<>();
        return new Subjects<>(
                Kind.MEMBERSHIP_ATTACK,
                List.of(Fault.values()),
                MembershipAttacks::needs,
                (fault, weight, resources) ->
                        new MembershipAttacks(fault, weight, resources, kept, new AtomicInteger()));
    }

    private static Requirements needs(Fault fault) {
        boolean less = fault == Fault.DECLARES_LESS_TO_A_PLAN && Samplers.aPlanIsRead();
        Requirements needs = Requirements.none().access(less ? LabelOracle.class : ScoreOracle.class);
        return switch (fault) {
            case READS_WHAT_IT_DOES_NOT_DECLARE -> needs;
            case WANTS_THE_MEMBERS -> needs.reads(Reading.REFERENCES).data(Part.TRAINING);
            case NAMES_THEIR_DATA_SET ->
                needs.reads(Reading.REFERENCES).part("data", Kind.DATASET, Use.of("bench-swatches"));
            default -> needs.reads(Reading.REFERENCES);
        };
    }

    @Override
    public MembershipScores attack(MembershipContext context) {
        if (fault == Fault.LEAKS_PER_CALL) {
            NDScope.unregister(resources.manager().create(1f));
        }
        calls.incrementAndGet();
        if (fault == Fault.WORKS_FOR_SECONDS && context.batch() == 3) {
            Labour.forASecond();
        }
        double[] target = confidence(oracle(context), context);
        double[] others = new double[target.length];
        int[] counted = new int[target.length];
        for (ReferenceModel reference : context.references()) {
            double[] confidence = confidence(reference.oracle(ScoreOracle.class), context);
            for (int i = 0; i < target.length; i++) {
                if (!reference.isTrainedOn(i)) {
                    others[i] += confidence[i];
                    counted[i]++;
                }
            }
        }
        List<Double> scores = new ArrayList<>();
        for (int i = 0; i < target.length; i++) {
            scores.add(score(target[i] - others[i] / counted[i], i));
        }
        if (fault == Fault.FORGETS_THE_LAST) {
            scores.remove(scores.size() - 1);
        }
        return MembershipScores.of(scores, fault == Fault.HAS_NO_NUMBER_FOR_A_THRESHOLD ? 0.0 / 0 : 0);
    }

    private double score(double gain, int sample) {
        double usual = weight * gain;
        return switch (fault) {
            case TAKES_THE_LOGARITHM_OF_NOTHING -> gain > 0 ? usual : Math.log(0);
            case SCORES_MEMBERS_LOWER -> -usual;
            case BREAKS_TIES_BY_PLACE -> usual + 1e-3 * sample;
            case TIRES -> usual * Labour.grown(calls.get());
            default -> usual;
        };
    }

    private ScoreOracle oracle(MembershipContext context) {
        if (fault == Fault.ASKS_FOR_MORE_THAN_DECLARED) {
            return context.target(LogitOracle.class);
        }
        if (fault != Fault.KEEPS_THE_FIRST_ORACLE) {
            return context.target(ScoreOracle.class);
        }
        if (kept.isEmpty()) {
            kept.add(context.target(ScoreOracle.class));
        }
        return kept.get(0);
    }

    /** The logarithm of a model's confidence in each sample's label. */
    private double[] confidence(ScoreOracle model, MembershipContext context) {
        Images samples = context.samples();
        double[] confidence = new double[samples.size()];
        int batch = fault == Fault.ASKS_ALL_AT_ONCE ? samples.size() : context.batch();
        for (int from = 0; from < samples.size(); from += batch) {
            lookUp(context);
            if (fault == Fault.LEAKS_PER_BATCH) {
                context.manager().create(1f);
            }
            int[] rows = IntStream.range(from, Math.min(samples.size(), from + batch))
                    .toArray();
            try (NDScope scope = new NDScope()) {
                NDArray logs = model.logScores(samples.read(context.manager(), rows));
                for (int i = 0; i < rows.length; i++) {
                    confidence[rows[i]] = logs.getDouble(i, samples.label(rows[i]));
                }
            }
            if (fault == Fault.COMPARES_WITHIN_THE_BATCH) {
                double mean = IntStream.of(rows)
                        .mapToDouble(row -> confidence[row])
                        .average()
                        .orElseThrow();
                IntStream.of(rows).forEach(row -> confidence[row] -= mean);
            }
            context.progress(from + (long) rows.length, samples.size(), Map.of());
        }
        return confidence;
    }

    private void lookUp(MembershipContext context) {
        if (fault == Fault.NEVER_LOOKS_UP) {
            return;
        }
        if (fault != Fault.CATCHES_TOO_MUCH) {
            context.checkpoint();
            return;
        }
        try {
            context.checkpoint();
        } catch (RuntimeException e) {
            context.progress(0, 1, Map.of());
        }
    }
}
