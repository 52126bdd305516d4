package org.obverse.plugins.metrics;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.obverse.api.data.Images;
import org.obverse.api.data.Part;
import org.obverse.api.metric.Measurement;
import org.obverse.api.metric.MetricFailedException;
import org.obverse.api.metric.TargetEvidence;
import org.obverse.api.metric.TargetMetric;
import org.obverse.api.plugin.Checked;
import org.obverse.api.plugin.Meaning;
import org.obverse.api.plugin.Problem;
import org.obverse.api.plugin.Problems;
import org.obverse.api.plugin.Resources;
import org.obverse.api.random.RandomStream;

/**
 * The share of private test images whose class the attacked model still predicts wherever {@link ProjectedGradient} goes within ε of them: by
 * either {@link RobustnessLoss}, and under both. Where many more survive cross-entropy than both, its gradients are masked, as those of a
 * model that is certain of everything, and robustness to cross-entropy is no robustness.
 *
 * <p>An image that was flipped within a smaller ball is flipped in a larger one, and is not attacked again.
 */
final class AdversarialRobustnessMetric implements TargetMetric {
    /** Steps of a pixel of 8 bit in [-1, 1]. */
    private static final double LEVEL = 2 / 255.0;

    private final Configuration configuration;
    private final Resources resources;

    AdversarialRobustnessMetric(Configuration configuration, Resources resources) {
        this.configuration = configuration;
        this.resources = resources;
    }

    /** How hard it is tried. */
    public record Configuration(
            @Meaning("ε: the largest changes of a pixel that are allowed, in 255ths of its range, ascending")
            List<Double> epsilons,

            @Meaning("gradient steps of each run, of 2.5 ε over their number")
            int steps,

            @Meaning("runs for each loss and ε, each from a random point of the ball")
            int restarts,

            @Meaning("how many private test images are attacked at most; drawn at random")
            int samples)
            implements Checked {
        static final Configuration DEFAULT = new Configuration(List.of(1.0, 2.0, 4.0, 8.0), 20, 5, 100);

        public Configuration {
            epsilons = List.copyOf(epsilons);
        }

        @Override
        public List<Problem> check() {
            Problems problems = new Problems()
                    .require(
                            !epsilons.isEmpty(),
                            "epsilons",
                            "there is none",
                            "write at least one, such as [ 1, 2, 4, 8 ]")
                    .atLeast(1, "steps", steps)
                    .atLeast(1, "restarts", restarts)
                    .atLeast(1, "samples", samples);
            for (int i = 0; i < epsilons.size(); i++) {
                problems.positive("epsilons." + i, epsilons.get(i));
            }
            return problems.require(
                            epsilons.equals(
                                    epsilons.stream().distinct().sorted().toList()),
                            "epsilons",
                            epsilons + " do not ascend",
                            "write each once, the smallest first")
                    .list();
        }
    }

    @Override
    public Measurement measure(TargetEvidence evidence) throws MetricFailedException {
        if (!evidence.target().isDifferentiable()) {
            throw new MetricFailedException(
                    "target: its answers have no gradient with respect to images, without which"
                            + " robustness would only be claimed; measure a model that was trained here, or a file that keeps its graph");
        }
        Judge judge = Judge.target(evidence);
        Images test = evidence.images(Part.TEST, judge.model());
        int count = Math.min(configuration.samples(), test.size());
        if (count == 0) {
            throw new MetricFailedException("data: its test part is empty; hold back some private images for it");
        }
        int[] rows = Arrays.copyOf(evidence.random().child("images").permutation(test.size()), count);
        Arrays.sort(rows);
        Robustness robustness = new Robustness(judge.real(test, rows).verdicts());
        long all = (long) configuration.epsilons().size() * RobustnessLoss.values().length * configuration.restarts();
        int runs = 0;
        for (double epsilon : configuration.epsilons()) {
            for (RobustnessLoss loss : RobustnessLoss.values()) {
                for (int restart = 0; restart < configuration.restarts(); restart++) {
                    attack(evidence, rows, robustness, epsilon, loss, restart);
                    runs++;
                    evidence.progress(runs, all, Map.of());
                }
            }
        }
        return robustness.measurement();
    }

    /** Attacks those of some images that still stand. */
    private void attack(
            TargetEvidence evidence,
            int[] rows,
            Robustness robustness,
            double epsilon,
            RobustnessLoss loss,
            int restart)
            throws MetricFailedException {
        Images test = evidence.images(Part.TEST, Judge.target(evidence).model());
        evidence.checkpoint();
        RandomStream random = evidence.random().child(loss.label).child("restart", restart);
        ProjectedGradient ascent = new ProjectedGradient(
                evidence.target(), resources, configuration.steps(), random.child("noise"), evidence::checkpoint);
        int[] attacked = robustness.standing(epsilon, loss);
        for (int from = 0; from < attacked.length; from += evidence.batch()) {
            int[] batch = Arrays.copyOfRange(attacked, from, Math.min(attacked.length, from + evidence.batch()));
            int[] places = IntStream.of(batch).map(i -> rows[i]).toArray();
            List<RandomStream> starts = IntStream.of(places)
                    .mapToObj(place -> random.child("image", place))
                    .toList();
            int[] labels = IntStream.of(places).map(test::label).toArray();
            try (NDScope scope = new NDScope()) {
                NDArray images = test.read(evidence.manager(), places);
                int[] flipped = ascent.flipped(images, labels, epsilon * LEVEL, loss, starts);
                for (int i = 0; i < batch.length; i++) {
                    robustness.spend(Math.min(flipped[i], configuration.steps()));
                    if (flipped[i] != ProjectedGradient.NEVER) {
                        robustness.fall(epsilon, loss, batch[i]);
                    }
                }
            }
        }
    }
}
