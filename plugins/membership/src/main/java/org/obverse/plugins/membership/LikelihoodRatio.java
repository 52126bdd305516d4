package org.obverse.plugins.membership;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntToDoubleFunction;
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
 * LiRA (Carlini et al. 2022): how likely the target's confidence in a sample is among models that were trained on that sample, and among
 * those that were not, both taken for Gaussian. With fewer than 32 models on either side all samples share a variance of either side, and of
 * several views of a sample the ratios are averaged; with more each sample has its own, of all views together. Offline, where only those
 * count that were not trained on it, views are always averaged.
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
            Mode mode,

            @Meaning(
                    "by how many pixels pictures are moved, up, down and sideways, to ask about nine views of each; 0 to ask once")
            int shift,

            @Meaning(
                    "whether each view is asked about mirrored, too: with shift, 18 queries for each sample, as published")
            boolean mirrored)
            implements Checked {
        static final Configuration DEFAULT = new Configuration(Mode.ONLINE, 0, false);

        @Override
        public List<Problem> check() {
            return new Problems().atLeast(0, "shift", shift).list();
        }

        Views views() {
            return new Views(shift, mirrored);
        }
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
    public List<Problem> check(int trained, int others) {
        int fewest = configuration.mode() == Mode.ONLINE ? Math.min(trained, others) : others;
        return new Problems()
                .require(
                        fewest >= 2,
                        "references",
                        "'lira' reads how far the answers of reference models lie apart, and each sample has %d that are trained on it and %d that are not"
                                .formatted(trained, others),
                        "train at least 4 of them, with a training-share near 0.5")
                .list();
    }

    @Override
    public MembershipScores attack(MembershipContext context) {
        List<Images> views = configuration.views().of(context.samples());
        List<ReferenceModel> models = context.references();
        double[][] target = asked(context.target(ScoreOracle.class), views, context);
        double[][][] references = models.stream()
                .map(model -> asked(model.oracle(ScoreOracle.class), views, context))
                .toArray(double[][][]::new);
        List<Side> in = sides(true, models, references, views.size());
        List<Side> out = sides(false, models, references, views.size());
        double[] scores = new double[context.samples().size()];
        for (int i = 0; i < scores.length; i++) {
            int sample = i;
            double[] answers =
                    Arrays.stream(target).mapToDouble(ofView -> ofView[sample]).toArray();
            scores[i] = configuration.mode() == Mode.ONLINE
                    ? ratio(in, out, sample, answers)
                    : mean(
                            answers,
                            view -> out.get(view)
                                    .at(sample, out.get(view).isLarge(sample))
                                    .deviations(answers[view]));
        }
        return configuration.mode() == Mode.ONLINE
                ? MembershipScores.of(Answers.list(scores), 0)
                : MembershipScores.ranked(Answers.list(scores));
    }

    /** Signals by view and sample. */
    private static double[][] asked(ScoreOracle model, List<Images> views, MembershipContext context) {
        return views.stream()
                .map(view -> Answers.of(Signal.SCALED_LOGIT, model, view, context))
                .toArray(double[][]::new);
    }

    /** {@code log N(φ; in) − log N(φ; out)} of all views together where there are enough models, else the mean of the views' own. */
    private static double ratio(List<Side> in, List<Side> out, int sample, double... answers) {
        boolean own = in.get(0).isLarge(sample) && out.get(0).isLarge(sample);
        if (own && answers.length > 1) {
            return Side.together(in, sample).logDensity(answers)
                    - Side.together(out, sample).logDensity(answers);
        }
        return mean(
                answers,
                view -> in.get(view).at(sample, own).logDensity(answers[view])
                        - out.get(view).at(sample, own).logDensity(answers[view]));
    }

    private static double mean(double[] answers, IntToDoubleFunction ofView) {
        return IntStream.range(0, answers.length).mapToDouble(ofView).average().orElseThrow();
    }

    /** By view: signals of models that were trained on a sample, or of those that were not. */
    private static List<Side> sides(boolean trained, List<ReferenceModel> models, double[][][] signals, int views) {
        return IntStream.range(0, views)
                .mapToObj(view -> side(
                        trained,
                        models,
                        Arrays.stream(signals).map(ofModel -> ofModel[view]).toArray(double[][]::new)))
                .toList();
    }

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

        /** All views of a sample, by the models of one side. */
        static Normal together(List<Side> views, int sample) {
            return Normal.of(IntStream.range(0, views.get(0).signals().get(sample).length)
                    .mapToObj(model -> views.stream()
                            .mapToDouble(view -> view.signals().get(sample)[model])
                            .toArray())
                    .toList());
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
