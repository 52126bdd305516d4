package org.obverse.plugins.membership;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.obverse.api.data.Images;
import org.obverse.api.membership.MembershipAttack;
import org.obverse.api.membership.MembershipContext;
import org.obverse.api.membership.MembershipScores;
import org.obverse.api.membership.ReferenceModel;
import org.obverse.api.oracle.ScoreOracle;
import org.obverse.api.plugin.Checked;
import org.obverse.api.plugin.InvalidConfigurationException;
import org.obverse.api.plugin.Meaning;
import org.obverse.api.plugin.Problem;
import org.obverse.api.plugin.Problems;
import org.obverse.api.plugin.Resources;

/**
 * RMIA (Zarifzadeh et al. 2024): the share of population samples z that a sample x beats, {@code (p(x)/p̂(x)) / (p(z)/p̂(z)) ≥ γ}, where p
 * is the target's probability of the label and p̂ that of the reference models. Population are the known others, which trained no model
 * at all. Offline, {@code p̂ = ½ ((1 + a) p̄ + 1 − a)}, p̄ over the models that were not trained on x; online over all.
 */
final class RelativeMembership implements MembershipAttack {
    private static final int CHOICES = 11;

    private final Configuration configuration;

    /** How probabilities are compared. */
    public record Configuration(
            @Meaning("offline: reference models that were not trained on a sample; online: all of them")
            Mode mode,

            @Meaning("temperature of the softmax, above 0; 1 leaves probabilities as they are")
            double temperature,

            @Meaning("how much likelier than a population sample a sample must be, above 0")
            double gamma,

            @Meaning("how far p of other models is trusted, in [0, 1]; read offline where tuned is false")
            double a,

            @Meaning(
                    "whether a is chosen of 0, 0.1, ..., 1 by attacking the first reference model, whose members the attacker knows; read offline")
            boolean tuned)
            implements Checked {
        static final Configuration DEFAULT = new Configuration(Mode.OFFLINE, 2, 2, 0.3, false);

        @Override
        public List<Problem> check() {
            return new Problems()
                    .positive("temperature", temperature)
                    .positive("gamma", gamma)
                    .require(a >= 0 && a <= 1, "a", a + " is out of range", "use a value in [0, 1], such as 0.3")
                    .list();
        }
    }

    /** Which reference models count. */
    enum Mode {
        @JsonProperty("online")
        ONLINE,
        @JsonProperty("offline")
        OFFLINE
    }

    RelativeMembership(Configuration configuration, Resources resources) {
        this.configuration = configuration;
    }

    /** Probabilities of the labels of samples and of the population, by one model. */
    private static final class Probabilities {
        private final double[] samples;
        private final double[] population;

        Probabilities(double[] samples, double[] population) {
            this.samples = samples;
            this.population = population;
        }
    }

    @Override
    public List<Problem> check(int trained, int others) {
        return new Problems()
                .require(
                        others >= 2 || !isTuned(),
                        "references",
                        "'rmia' tunes a by attacking one reference model with the others, and each sample has %d that is not trained on it"
                                .formatted(others),
                        "train more of them, or write tuned: false")
                .list();
    }

    private boolean isTuned() {
        return configuration.tuned() && configuration.mode() == Mode.OFFLINE;
    }

    @Override
    public MembershipScores attack(MembershipContext context) {
        Probabilities target = ask(context.target(ScoreOracle.class), context);
        List<ReferenceModel> models = context.references();
        List<Probabilities> references = models.stream()
                .map(model -> ask(model.oracle(ScoreOracle.class), context))
                .toList();
        double a = isTuned() ? tuned(models, references) : configuration.a();
        return MembershipScores.ranked(Answers.list(scores(target, models, references, a)));
    }

    private Probabilities ask(ScoreOracle model, MembershipContext context) {
        return new Probabilities(ask(model, context.samples(), context), ask(model, context.knownOthers(), context));
    }

    private double[] ask(ScoreOracle model, Images images, MembershipContext context) {
        return Answers.of(
                answer -> softened(answer.logScores(), answer.label(), configuration.temperature()),
                model,
                images,
                context);
    }

    /** {@code softmax(log p / temperature)} at the label. */
    static double softened(double[] logScores, int label, double temperature) {
        double sum = 0;
        for (double log : logScores) {
            sum += Math.exp((log - logScores[label]) / temperature);
        }
        return 1 / sum;
    }

    private double tuned(List<ReferenceModel> models, List<Probabilities> references) {
        IntPredicate isMember = models.get(0)::isTrainedOn;
        List<ReferenceModel> others = models.subList(1, models.size());
        List<Probabilities> answers = references.subList(1, references.size());
        double best = configuration.a();
        double largest = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < CHOICES; i++) {
            double a = i / (CHOICES - 1.0);
            double[] scores = scores(references.get(0), others, answers, a);
            double auc = new Separation(of(scores, isMember), of(scores, isMember.negate())).auc();
            if (auc > largest) {
                largest = auc;
                best = a;
            }
        }
        return best;
    }

    private static double[] of(double[] scores, IntPredicate side) {
        return IntStream.range(0, scores.length)
                .filter(side)
                .mapToDouble(i -> scores[i])
                .toArray();
    }

    private double[] scores(
            Probabilities target, List<ReferenceModel> models, List<Probabilities> references, double a) {
        double[] population = ratios(target.population, sample -> all(references, sample), a);
        Arrays.sort(population);
        double[] samples = ratios(target.samples, sample -> of(models, references, sample), a);
        return Arrays.stream(samples)
                .map(ratio -> share(population, ratio / configuration.gamma()))
                .toArray();
    }

    /** What the reference models that count say of one sample. */
    private interface Answered {
        double[] of(int sample);
    }

    private double[] ratios(double[] target, Answered references, double a) {
        return IntStream.range(0, target.length)
                .mapToDouble(sample -> target[sample]
                        / expected(
                                Arrays.stream(references.of(sample)).average().orElseThrow(RelativeMembership::tooFew),
                                a))
                .toArray();
    }

    private static InvalidConfigurationException tooFew() {
        return new InvalidConfigurationException(new Problem(
                "membership.references",
                "a is tuned by attacking one of the reference models, and no other was trained without some of the samples",
                "train more of them, or write tuned: false"));
    }

    /** {@code p̂}: what p of a model is that may have been trained on the sample. */
    private double expected(double mean, double a) {
        double expected = configuration.mode() == Mode.ONLINE ? mean : offline(mean, a);
        return Math.max(expected, Double.MIN_NORMAL);
    }

    static double offline(double mean, double a) {
        return ((1 + a) * mean + 1 - a) / 2;
    }

    private static double[] all(List<Probabilities> references, int sample) {
        return references.stream()
                .mapToDouble(model -> model.population[sample])
                .toArray();
    }

    private double[] of(List<ReferenceModel> models, List<Probabilities> references, int sample) {
        List<Double> counted = new ArrayList<>();
        for (int i = 0; i < models.size(); i++) {
            if (configuration.mode() == Mode.ONLINE || !models.get(i).isTrainedOn(sample)) {
                counted.add(references.get(i).samples[sample]);
            }
        }
        return counted.stream().mapToDouble(p -> p).toArray();
    }

    /** The share of ratios that are no larger. */
    static double share(double[] sorted, double ratio) {
        int low = 0;
        int high = sorted.length;
        while (low < high) {
            int middle = (low + high) / 2;
            if (sorted[middle] <= ratio) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return (double) low / sorted.length;
    }
}
