package org.obverse.plugins.membership;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.obverse.api.data.Images;
import org.obverse.api.defense.DataTransform.Batch;
import org.obverse.api.membership.MembershipAttack;
import org.obverse.api.membership.MembershipContext;
import org.obverse.api.membership.MembershipScores;
import org.obverse.api.oracle.ScoreOracle;
import org.obverse.api.plugin.Checked;
import org.obverse.api.plugin.Meaning;
import org.obverse.api.plugin.Problem;
import org.obverse.api.plugin.Problems;
import org.obverse.api.plugin.Resources;

/**
 * Asks about several draws of each sample as the target's training would have shown it, with the loss of the targets that it would have been
 * given; of median, smallest, largest, standard deviation and mean of these losses the one counts that tells the known samples apart best,
 * by a tuned threshold (Kaya and Dumitras 2021, section 4). Of a target that learned from a teacher these are the labels.
 */
final class AugmentationAware implements MembershipAttack {
    private static final List<ToDoubleFunction<double[]>> REDUCTIONS = List.of(
            Separation::median,
            losses -> Arrays.stream(losses).min().orElseThrow(),
            losses -> Arrays.stream(losses).max().orElseThrow(),
            AugmentationAware::deviation,
            AugmentationAware::mean);

    private final Configuration configuration;

    /** How often it asks. */
    public record Configuration(
            @Meaning("how many draws of each sample the target is asked about")
            int draws) implements Checked {
        static final Configuration DEFAULT = new Configuration(20);

        @Override
        public List<Problem> check() {
            return new Problems().atLeast(1, "draws", draws).list();
        }
    }

    /** Signals of samples under one reduction: losses with the other sign. */
    private record Reduced(ToDoubleFunction<double[]> reduction, Tuning tuning) {}

    AugmentationAware(Configuration configuration, Resources resources) {
        this.configuration = configuration;
    }

    @Override
    public MembershipScores attack(MembershipContext context) {
        ScoreOracle target = context.target(ScoreOracle.class);
        double[][] members = losses(target, context.knownMembers(), "members", context);
        double[][] others = losses(target, context.knownOthers(), "others", context);
        Reduced chosen = REDUCTIONS.stream()
                .map(reduction ->
                        new Reduced(reduction, Tuning.of(signals(reduction, members), signals(reduction, others))))
                .reduce((best, next) ->
                        next.tuning().advantage() > best.tuning().advantage() ? next : best)
                .orElseThrow();
        double[] signals = signals(chosen.reduction(), losses(target, context.samples(), "samples", context));
        return MembershipScores.of(Answers.list(signals), chosen.tuning().threshold());
    }

    private static double[] signals(ToDoubleFunction<double[]> reduction, double[][] losses) {
        return Arrays.stream(losses)
                .mapToDouble(ofSample -> -reduction.applyAsDouble(ofSample))
                .toArray();
    }

    /** By sample and draw. */
    private double[][] losses(ScoreOracle target, Images images, String who, MembershipContext context) {
        double[][] losses = new double[images.size()][configuration.draws()];
        for (int from = 0; from < losses.length; from += context.batch()) {
            int[] batch = IntStream.range(from, Math.min(losses.length, from + context.batch()))
                    .toArray();
            for (int draw = 0; draw < configuration.draws(); draw++) {
                context.checkpoint();
                try (NDScope scope = new NDScope()) {
                    double[] found = losses(target, images, batch, who, draw, context);
                    for (int i = 0; i < batch.length; i++) {
                        losses[batch[i]][draw] = found[i];
                    }
                }
            }
            context.progress(from + (long) batch.length, losses.length, Map.of());
        }
        return losses;
    }

    private static double[] losses(
            ScoreOracle target, Images images, int[] batch, String who, int draw, MembershipContext context) {
        NDManager manager = context.manager();
        NDArray labels =
                manager.create(IntStream.of(batch).mapToLong(images::label).toArray());
        Batch shown = context.asTrained(
                images.read(manager, batch),
                labels,
                context.random().child(who, batch[0]).child("draw", draw));
        double[] logScores = target.logScores(shown.images()).toDoubleArray();
        float[] targets = shown.targets().toFloatArray();
        int classes = logScores.length / batch.length;
        double[] losses = new double[batch.length];
        for (int i = 0; i < logScores.length; i++) {
            losses[i / classes] -= targets[i] == 0 ? 0 : targets[i] * logScores[i];
        }
        Answers.requireNumbers(losses);
        return losses;
    }

    private static double mean(double... losses) {
        return Arrays.stream(losses).average().orElseThrow();
    }

    private static double deviation(double... losses) {
        double mean = mean(losses);
        return Math.sqrt(Arrays.stream(losses)
                .map(loss -> (loss - mean) * (loss - mean))
                .average()
                .orElseThrow());
    }
}
