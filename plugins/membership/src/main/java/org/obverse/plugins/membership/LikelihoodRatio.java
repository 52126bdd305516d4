package org.obverse.plugins.membership;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.obverse.api.membership.MembershipAttack;
import org.obverse.api.membership.MembershipContext;
import org.obverse.api.membership.MembershipScores;
import org.obverse.api.membership.ReferenceModel;
import org.obverse.api.oracle.ScoreOracle;
import org.obverse.api.plugin.InvalidConfigurationException;
import org.obverse.api.plugin.Meaning;
import org.obverse.api.plugin.Problem;
import org.obverse.api.plugin.Resources;

/**
 * LiRA (Carlini et al. 2022): how likely the target's confidence in a sample is among models that were trained on that sample, and among
 * those that were not, both taken for Gaussian. With fewer than 32 models on either side all samples share a variance of either side.
 */
final class LikelihoodRatio implements MembershipAttack {
    /** From so many models on, on either side, each sample has variances of its own (section VI-C there). */
    private static final int ENOUGH = 32;

    private final Configuration configuration;

    /** Which models a sample is compared with. */
    public record Configuration(
            @Meaning(
                    "online: with models that were trained on the sample and models that were not; offline: with the latter alone, so that models"
                            + " need not be trained for each sample")
            Mode mode) {
        static final Configuration DEFAULT = new Configuration(Mode.ONLINE);
    }

    /** Which models a sample is compared with. */
    enum Mode {
        @JsonProperty("online")
        ONLINE,
        @JsonProperty("offline")
        OFFLINE
    }

    LikelihoodRatio(Configuration configuration, Resources resources) {
        this.configuration = configuration;
    }

    @Override
    public MembershipScores attack(MembershipContext context) {
        double[] target =
                Answers.of(Signal.SCALED_LOGIT, context.target(ScoreOracle.class), context.samples(), context);
        List<ReferenceModel> models = context.references();
        double[][] references = models.stream()
                .map(model ->
                        Answers.of(Signal.SCALED_LOGIT, model.oracle(ScoreOracle.class), context.samples(), context))
                .toArray(double[][]::new);
        Side in = side(true, models, references);
        Side out = side(false, models, references);
        double[] scores = new double[target.length];
        for (int i = 0; i < scores.length; i++) {
            boolean own = in.isLarge(i) && out.isLarge(i);
            scores[i] = configuration.mode() == Mode.ONLINE
                    ? in.at(i, own).logDensity(target[i]) - out.at(i, own).logDensity(target[i])
                    : out.at(i, out.isLarge(i)).deviations(target[i]);
        }
        return configuration.mode() == Mode.ONLINE
                ? MembershipScores.of(Answers.list(scores), 0)
                : MembershipScores.ranked(Answers.list(scores));
    }

    /** Signals of models that were trained on a sample, or of those that were not. */
    private static Side side(boolean trained, List<ReferenceModel> models, double[][] signals) {
        return Side.of(IntStream.range(0, signals[0].length)
                .mapToObj(sample -> IntStream.range(0, models.size())
                        .filter(model -> models.get(model).isTrainedOn(sample) == trained)
                        .mapToDouble(model -> signals[model][sample])
                        .toArray())
                .toArray(double[][]::new));
    }

    /**
     * The models of one side, sample by sample.
     *
     * @param pooled the deviation that all samples share: that of the signals from their own sample's mean
     */
    record Side(List<double[]> signals, double pooled) {
        /**
         * @param signals by sample and model, at least one of each sample
         */
        static Side of(double[]... signals) {
            double squares = 0;
            int free = 0;
            for (double[] ofSample : signals) {
                double mean = mean(ofSample);
                squares += Arrays.stream(ofSample)
                        .map(signal -> (signal - mean) * (signal - mean))
                        .sum();
                free += ofSample.length - 1;
            }
            return new Side(List.of(signals), Math.sqrt(squares / free));
        }

        /** Whether there are enough models for a sample to have a deviation of its own. */
        boolean isLarge(int sample) {
            return signals.get(sample).length >= ENOUGH;
        }

        /**
         * @param isOwn whether the deviation is the sample's own
         * @throws InvalidConfigurationException if the models say all the same, so that no density exists
         */
        Gaussian at(int sample, boolean isOwn) {
            double[] own = signals.get(sample);
            double mean = mean(own);
            double deviation = !isOwn
                    ? pooled
                    : Math.sqrt(Arrays.stream(own)
                                    .map(signal -> (signal - mean) * (signal - mean))
                                    .sum()
                            / (own.length - 1));
            if (!(deviation > 0)) {
                throw new InvalidConfigurationException(new Problem(
                        "membership.references",
                        "the reference models answer all alike, or there is one alone on a side, so that their answers have no spread",
                        "train more of them, or another number of epochs"));
            }
            return new Gaussian(mean, deviation);
        }

        private static double mean(double... values) {
            return Arrays.stream(values).average().orElseThrow();
        }
    }

    /** A normal distribution. */
    record Gaussian(double mean, double deviation) {
        double logDensity(double value) {
            double z = deviations(value);
            return -z * z / 2 - Math.log(deviation) - Math.log(2 * Math.PI) / 2;
        }

        /**
         * How far a value lies above the mean, in standard deviations. {@code P(Z < z)}, the offline score of section VI-B, grows with it;
         * but that is 1 to the last bit from 8 on, where members of confident models are.
         */
        double deviations(double value) {
            return (value - mean) / deviation;
        }
    }
}
