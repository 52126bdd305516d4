package org.obverse.plugins.metrics;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.obverse.api.data.Part;
import org.obverse.api.metric.Measurement;
import org.obverse.api.metric.Measurement.Better;
import org.obverse.api.metric.Measurement.Figure;
import org.obverse.api.metric.MetricFailedException;
import org.obverse.api.metric.TargetEvidence;
import org.obverse.api.metric.TargetMetric;
import org.obverse.api.plugin.Checked;
import org.obverse.api.plugin.Meaning;
import org.obverse.api.plugin.Problem;
import org.obverse.api.plugin.Problems;
import org.obverse.api.plugin.Resources;
import org.obverse.api.tensor.Gradients;
import org.obverse.api.training.ParameterOptimizer;

/**
 * A linear classifier of the attacked model's penultimate activations (Alain and Bengio 2016, arXiv 1610.01644): multinomial logistic
 * regression on private training images, each feature centred and scaled to one there, judged on private test images. Only the
 * defender can measure it.
 */
final class LinearProbeMetric implements TargetMetric {
    private static final double BETA1 = 0.9;
    private static final double BETA2 = 0.999;
    private static final double EPSILON = 1e-8;
    private static final double LEAST_SPREAD = 1e-12;

    private final Configuration configuration;
    private final Resources resources;

    LinearProbeMetric(Configuration configuration, Resources resources) {
        this.configuration = configuration;
        this.resources = resources;
    }

    /** How the probe learns. */
    public record Configuration(
            @Meaning("steps over all training images, by Adam")
            int steps,

            @Meaning("Adam's learning rate, above 0") double learningRate,

            @Meaning("times the weight is added to its gradient, 0 or more")
            double weightDecay)
            implements Checked {
        static final Configuration DEFAULT = new Configuration(300, 0.05, 1e-3);

        @Override
        public List<Problem> check() {
            return new Problems()
                    .atLeast(1, "steps", steps)
                    .positive("learning-rate", learningRate)
                    .notNegative("weight-decay", weightDecay)
                    .list();
        }
    }

    @Override
    public Measurement measure(TargetEvidence evidence) throws MetricFailedException {
        Judge judge = Judge.target(evidence);
        Gallery training = judge.real(Part.TRAINING, label -> true);
        Gallery test = judge.real(Part.TEST, label -> true);
        int classes = evidence.target().classes();
        if (training.size() < 2 || test.size() == 0) {
            throw new MetricFailedException("data: a probe needs training and test images, and there are "
                    + training.size() + " and " + test.size());
        }
        try (NDManager manager = evidence.manager().newSubManager()) {
            NDArray known = features(training, manager);
            NDArray asked = features(test, manager);
            NDArray mean = known.mean(new int[] {0}, true);
            NDArray spread = known.sub(mean).square().mean(new int[] {0}, true).sqrt();
            spread = spread.add(spread.lt(LEAST_SPREAD).toType(DataType.FLOAT64, false));
            NDArray lessons = known.sub(mean).div(spread);
            NDArray weights = weights(lessons, labels(training), classes, evidence);
            double probe = accuracy(asked.sub(mean).div(spread), weights, labels(test));
            double own = test.verdicts().stream()
                            .filter(verdict -> verdict.rank() == 0)
                            .count()
                    / (double) test.size();
            return Measurement.of(
                    new Figure("linear probe", probe, Better.NEITHER, "fraction"),
                    new Figure("linear probe minus model", probe - own, Better.NEITHER, "fraction"),
                    new Figure(
                            "linear probe's training loss",
                            loss(extended(lessons), weights, wanted(labels(training), classes, manager))
                                    .getDouble(),
                            Better.NEITHER,
                            "nats"));
        }
    }

    private static NDArray features(Gallery gallery, NDManager manager) throws MetricFailedException {
        double[][] rows = gallery.features();
        double[] flat = Arrays.stream(rows).flatMapToDouble(Arrays::stream).toArray();
        if (!Arrays.stream(flat).allMatch(Double::isFinite)) {
            throw new MetricFailedException("target: its activations are not finite; look at its training's loss");
        }
        return manager.create(flat, new Shape(rows.length, rows[0].length));
    }

    private static long[] labels(Gallery gallery) {
        return IntStream.range(0, gallery.size()).mapToLong(gallery::label).toArray();
    }

    /** {@code [features + 1, classes]}, the last row being the offsets. */
    private NDArray weights(NDArray features, long[] labels, int classes, TargetEvidence evidence) {
        Gradients gradients = resources.gradients();
        NDManager manager = features.getManager();
        NDArray extended = extended(features);
        NDArray wanted = wanted(labels, classes, manager);
        NDArray weights =
                gradients.variable(manager.zeros(new Shape(extended.getShape().get(1), classes), DataType.FLOAT64));
        NDList variables = new NDList(weights);
        try (ParameterOptimizer adam =
                resources.training().adam(variables, BETA1, BETA2, EPSILON, configuration.weightDecay())) {
            for (int step = 0; step < configuration.steps(); step++) {
                evidence.checkpoint();
                try (NDScope scope = new NDScope()) {
                    NDArray loss;
                    try (Gradients.Recording recording = gradients.recording()) {
                        loss = loss(extended, weights, wanted);
                        adam.step(gradients.of(loss, variables), configuration.learningRate());
                    }
                }
                evidence.progress(step + 1L, configuration.steps(), Map.of());
            }
        }
        return weights;
    }

    private static NDArray wanted(long[] labels, int classes, NDManager manager) {
        return manager.create(labels).oneHot(classes, DataType.FLOAT64);
    }

    /** The mean cross-entropy. */
    private static NDArray loss(NDArray extended, NDArray weights, NDArray wanted) {
        return extended.matMul(weights)
                .logSoftmax(1)
                .mul(wanted)
                .sum(new int[] {1})
                .mean()
                .neg();
    }

    private static NDArray extended(NDArray features) {
        NDArray ones = features.getManager().ones(new Shape(features.getShape().get(0), 1), DataType.FLOAT64);
        return features.concat(ones, 1);
    }

    private static double accuracy(NDArray features, NDArray weights, long... labels) {
        long[] said = extended(features)
                .matMul(weights)
                .argMax(1)
                .toType(DataType.INT64, false)
                .toLongArray();
        return IntStream.range(0, labels.length)
                        .filter(i -> said[i] == labels[i])
                        .count()
                / (double) labels.length;
    }
}
