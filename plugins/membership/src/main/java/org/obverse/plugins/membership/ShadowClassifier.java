package org.obverse.plugins.membership;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.obverse.api.data.Images;
import org.obverse.api.membership.MembershipAttack;
import org.obverse.api.membership.MembershipContext;
import org.obverse.api.membership.MembershipScores;
import org.obverse.api.membership.ReferenceModel;
import org.obverse.api.oracle.ScoreOracle;
import org.obverse.api.plugin.Checked;
import org.obverse.api.plugin.Meaning;
import org.obverse.api.plugin.Problem;
import org.obverse.api.plugin.Problems;
import org.obverse.api.plugin.Resources;

/**
 * Shadow models (Shokri et al. 2017): for each class a logistic regression learns from the reference models' largest probabilities whether
 * a sample was trained on, and then judges the target's. The score is the logarithm of the odds.
 */
final class ShadowClassifier implements MembershipAttack {
    private final Configuration configuration;

    /** What the classifiers see. */
    public record Configuration(
            @Meaning("how many of the largest probabilities are looked at")
            int top) implements Checked {
        static final Configuration DEFAULT = new Configuration(3);

        @Override
        public List<Problem> check() {
            return new Problems().atLeast(1, "top", top).list();
        }
    }

    ShadowClassifier(Configuration configuration, Resources resources) {
        this.configuration = configuration;
    }

    /** What is known of one class. */
    private static final class Lessons {
        private final List<double[]> features = new ArrayList<>();
        private final List<Boolean> trained = new ArrayList<>();

        LogisticRegression learned() {
            return LogisticRegression.of(features, trained);
        }
    }

    @Override
    public MembershipScores attack(MembershipContext context) {
        Images samples = context.samples();
        Map<Integer, Lessons> classes = new HashMap<>();
        for (ReferenceModel reference : context.references()) {
            Answers.each(reference.oracle(ScoreOracle.class), samples, context, (sample, answer) -> {
                Lessons lessons = classes.computeIfAbsent(answer.label(), label -> new Lessons());
                lessons.features.add(largest(answer.logScores()));
                lessons.trained.add(reference.isTrainedOn(sample));
            });
        }
        Map<Integer, LogisticRegression> judges = new HashMap<>();
        classes.forEach((label, lessons) -> judges.put(label, lessons.learned()));
        double[] scores = new double[samples.size()];
        Answers.each(context.target(ScoreOracle.class), samples, context, (sample, answer) -> {
            // The reference models were asked about the same samples, so that every class has a judge.
            LogisticRegression judge = Objects.requireNonNull(judges.get(answer.label()));
            scores[sample] = judge.logOdds(largest(answer.logScores()));
        });
        Answers.requireNumbers(scores);
        return MembershipScores.of(Answers.list(scores), 0);
    }

    /** The largest first; as many as there are classes at most. */
    private double[] largest(double... logScores) {
        double[] sorted = Arrays.stream(logScores).map(Math::exp).sorted().toArray();
        double[] largest = new double[Math.min(configuration.top(), sorted.length)];
        for (int i = 0; i < largest.length; i++) {
            largest[i] = sorted[sorted.length - 1 - i];
        }
        return largest;
    }
}
