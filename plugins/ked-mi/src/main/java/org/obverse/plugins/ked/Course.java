package org.obverse.plugins.ked;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.obverse.api.attack.Candidates;
import org.obverse.api.attack.Candidates.Curve;
import org.obverse.api.attack.StageContext;
import org.obverse.inversion.Confidence;
import org.obverse.inversion.LatentDescent.Outcome;

/**
 * Where all candidates of a unit are, emitted after every step. Batches are consecutive rows and come one after another,
 * so what lies before the current one is finished and what lies behind it has not begun.
 */
final class Course {
    private final List<Integer> classes;
    private final Gaussians start;
    private final StageContext context;
    private final int steps;
    private final NDList finished = new NDList();
    private final float[][] losses;
    private final float[][] confidences;
    private final double[] scores;
    private final int[] taken;
    private NDArray distributions;
    private Candidates latest;

    Course(List<Integer> classes, Gaussians start, int steps, StageContext context) {
        this.classes = classes;
        this.start = start;
        this.context = context;
        this.steps = steps;
        this.losses = new float[classes.size()][steps];
        this.confidences = new float[classes.size()][steps];
        this.scores = new double[classes.size()];
        Arrays.fill(scores, Double.NaN);
        this.taken = new int[classes.size()];
        this.distributions = start.distributions().duplicate();
        this.latest = candidates();
        context.emit(latest);
    }

    /** All candidates after the last step that was taken, with the curves so far. */
    Candidates latest() {
        return latest;
    }

    void stepped(int[] rows, int step, Outcome outcome, NDArray moved) {
        record(rows, step, outcome);
        NDList blocks = new NDList(finished).addAll(new NDList(moved));
        int next = rows[rows.length - 1] + 1;
        if (next < classes.size()) {
            blocks.add(start.distributions().get(new NDIndex("{}:", next)));
        }
        if (step == steps - 1) {
            finished.add(moved);
        }
        replace(NDArrays.concat(blocks));
        latest = candidates();
        context.emit(latest);
        context.progress(
                (long) rows[0] * steps + (long) rows.length * (step + 1),
                (long) classes.size() * steps,
                Map.of("loss", mean(losses, rows, step), "confidence", mean(confidences, rows, step)));
    }

    private void record(int[] rows, int step, Outcome outcome) {
        double[] batchLosses = outcome.losses().toType(DataType.FLOAT64, false).toDoubleArray();
        double[] logs = Confidence.logOf(
                outcome.logits(), IntStream.of(rows).map(classes::get).toArray());
        for (int i = 0; i < rows.length; i++) {
            losses[rows[i]][step] = (float) batchLosses[i];
            confidences[rows[i]][step] = (float) Math.exp(logs[i]);
            scores[rows[i]] = logs[i];
            taken[rows[i]] = step + 1;
        }
    }

    /** The new distributions outlive the step; those emitted before are no longer anyone's result. */
    private void replace(NDArray next) {
        NDScope.unregister(next);
        next.attach(context.manager());
        distributions.close();
        distributions = next;
    }

    private Candidates candidates() {
        return new Candidates(
                new Gaussians(start.generator(), distributions, GaussianAdam.NAME),
                classes,
                Arrays.stream(scores).boxed().toList(),
                List.of(curve("loss", losses), curve("confidence", confidences)));
    }

    private Curve curve(String name, float[][] values) {
        List<float[]> soFar = new ArrayList<>();
        for (int row = 0; row < values.length; row++) {
            soFar.add(taken[row] == steps ? values[row] : Arrays.copyOf(values[row], taken[row]));
        }
        return new Curve(name, soFar);
    }

    private static double mean(float[][] curves, int[] rows, int step) {
        return IntStream.of(rows)
                .mapToDouble(row -> curves[row][step])
                .average()
                .orElseThrow();
    }
}
