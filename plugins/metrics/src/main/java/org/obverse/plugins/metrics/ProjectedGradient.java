package org.obverse.plugins.metrics;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.List;
import org.obverse.api.metric.MetricFailedException;
import org.obverse.api.network.Classifier;
import org.obverse.api.network.Pass;
import org.obverse.api.plugin.Resources;
import org.obverse.api.random.RandomStream;
import org.obverse.api.tensor.Gradients;

/**
 * Projected gradient ascent in a ball of the largest norm (Madry et al. 2018): from a random point of it,
 * {@code x ← Π[x + 2.5 ε / steps · sign ∇ loss]}, Π the projection to the ball and to [-1, 1].
 *
 * @param steps with one gradient each
 * @param noise for targets that are random at inference; the same in each run
 * @param checkpoint passed before each step
 */
record ProjectedGradient(Classifier target, Resources resources, int steps, RandomStream noise, Runnable checkpoint) {
    static final int NEVER = Integer.MAX_VALUE;

    private static final double STEP = 2.5;

    /**
     * After how many steps the target predicts another class than an image's: 0, …, steps, or {@link #NEVER}.
     *
     * @param images {@code [N, ...input]}
     * @param labels their classes
     * @param radius ε, in units of [-1, 1]
     * @param starts one stream per image
     * @throws MetricFailedException if the target's answers are not finite
     */
    int[] flipped(NDArray images, int[] labels, double radius, RobustnessLoss loss, List<RandomStream> starts)
            throws MetricFailedException {
        int[] flipped = new int[labels.length];
        Arrays.fill(flipped, NEVER);
        try (NDScope whole = new NDScope()) {
            NDArray point = projected(start(images, radius, starts), images, radius);
            for (int step = 0; step <= steps; step++) {
                checkpoint.run();
                try (NDScope scope = new NDScope()) {
                    Pass pass = Pass.evaluation(noise.child("step", step));
                    if (step == steps) {
                        note(target.forward(point, pass).logits(), labels, step, flipped);
                        break;
                    }
                    NDArray leaf = resources.gradients().variable(point);
                    NDArray logits;
                    NDArray total;
                    try (Gradients.Recording recording = resources.gradients().recording()) {
                        logits = target.forward(leaf, pass).logits();
                        total = loss.of(logits, labels, resources.operators()).sum();
                    }
                    if (note(logits, labels, step, flipped)) {
                        break;
                    }
                    NDArray gradient =
                            resources.gradients().of(total, new NDList(leaf)).head();
                    NDArray moved = projected(point.add(gradient.sign().mul(STEP * radius / steps)), images, radius);
                    NDScope.unregister(moved);
                    point.close();
                    point = moved;
                }
            }
            point.close();
        }
        return flipped;
    }

    private static NDArray start(NDArray images, double radius, List<RandomStream> starts) {
        int pixels = Math.toIntExact(images.size() / starts.size());
        float[] change = new float[pixels * starts.size()];
        for (int i = 0; i < change.length; i++) {
            change[i] = (float) starts.get(i / pixels).uniform(-radius, radius);
        }
        NDManager manager = images.getManager();
        return images.add(manager.create(change, images.getShape()));
    }

    private static NDArray projected(NDArray point, NDArray images, double radius) {
        return NDArrays.minimum(NDArrays.maximum(point, images.sub(radius)), images.add(radius))
                .clip(-1, 1);
    }

    /** Notes who is taken for another now, and says whether everybody has been. */
    private static boolean note(NDArray logits, int[] labels, int step, int[] flipped) throws MetricFailedException {
        double[] flat = logits.toType(DataType.FLOAT64, false).toDoubleArray();
        Shape shape = logits.getShape();
        int classes = Math.toIntExact(shape.get(1));
        boolean all = true;
        for (int i = 0; i < labels.length; i++) {
            double[] row = Arrays.copyOfRange(flat, i * classes, (i + 1) * classes);
            if (!Arrays.stream(row).allMatch(Double::isFinite)) {
                throw new MetricFailedException(
                        "target: its answers are not finite numbers; train it at a lower learning rate");
            }
            if (flipped[i] == NEVER && !Verdict.of(labels[i], row, labels[i]).correct()) {
                flipped[i] = step;
            }
            all &= flipped[i] != NEVER;
        }
        return all;
    }
}
