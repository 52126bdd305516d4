package org.obverse.inversion;

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
import java.util.function.Function;
import java.util.stream.IntStream;
import org.obverse.api.attack.Candidates;
import org.obverse.api.attack.Candidates.Curve;
import org.obverse.api.attack.Representation;
import org.obverse.api.attack.StageContext;
import org.obverse.inversion.LatentDescent.Outcome;

/**
 * Where all candidates of a unit are and how they came there, emitted after every step. Batches are consecutive rows and
 * come one after another, so what lies before the current one is finished and what lies behind it has not begun.
 */
public final class Trail {
    private final List<Integer> classes;
    private final Function<NDArray, Representation> representation;
    private final StageContext context;
    private final NDArray start;
    private final int steps;
    private final NDList finished = new NDList();
    private final float[][] losses;
    private final float[][] confidences;
    private final double[] scores;
    private final int[] taken;
    private NDArray points;
    private Candidates latest;

    /**
     * Emits the candidates as they are before the first step.
     *
     * @param classes of the candidates
     * @param start what is optimized, {@code [N, ...]}
     * @param representation of the candidates at such latents
     * @param steps that each batch will take
     */
    public Trail(
            List<Integer> classes,
            NDArray start,
            Function<NDArray, Representation> representation,
            int steps,
            StageContext context) {
        this.classes = classes;
        this.start = start;
        this.representation = representation;
        this.context = context;
        this.steps = steps;
        this.losses = new float[classes.size()][steps];
        this.confidences = new float[classes.size()][steps];
        this.scores = new double[classes.size()];
        Arrays.fill(scores, Double.NaN);
        this.taken = new int[classes.size()];
        this.points = start.duplicate();
        this.latest = candidates();
        context.emit(latest);
    }

    /** Where some candidates start. */
    public NDArray start(int... rows) {
        return start.get(new NDIndex("{}:{}", rows[0], rows[rows.length - 1] + 1));
    }

    /** All candidates after the last step that was taken, with the curves so far. */
    public Candidates latest() {
        return latest;
    }

    /**
     * Notes a step of a batch.
     *
     * @param rows of the batch, consecutive
     * @param step from 0
     * @param outcome before the step
     * @param latents after it, {@code [rows.length, ...]}
     */
    public void stepped(int[] rows, int step, Outcome outcome, NDArray latents) {
        record(rows, step, outcome);
        NDList blocks = new NDList(finished).addAll(new NDList(latents));
        int next = rows[rows.length - 1] + 1;
        if (next < classes.size()) {
            blocks.add(start.get(new NDIndex("{}:", next)));
        }
        if (step == steps - 1) {
            finished.add(latents);
        }
        replacePoints(NDArrays.concat(blocks));
        latest = candidates();
        context.emit(latest);
        report(rows, step);
    }

    private void record(int[] rows, int step, Outcome outcome) {
        double[] batchLosses = outcome.losses().toType(DataType.FLOAT64, false).toDoubleArray();
        double[] logs = Confidence.logOf(
                outcome.logits(), IntStream.of(rows).map(classes::get).toArray());
        for (int i = 0; i < rows.length; i++) {
            int row = rows[i];
            losses[row][step] = (float) batchLosses[i];
            confidences[row][step] = (float) Math.exp(logs[i]);
            scores[row] = logs[i];
            taken[row] = step + 1;
        }
    }

    /** The new points outlive the step; those emitted before are no longer anyone's result. */
    private void replacePoints(NDArray next) {
        NDScope.unregister(next);
        next.attach(context.manager());
        points.close();
        points = next;
    }

    private Candidates candidates() {
        return new Candidates(
                representation.apply(points),
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

    private void report(int[] rows, int step) {
        long done = (long) rows[0] * steps + (long) rows.length * (step + 1);
        context.progress(
                done,
                (long) classes.size() * steps,
                Map.of("loss", mean(losses, rows, step), "confidence", mean(confidences, rows, step)));
    }

    private static double mean(float[][] curves, int[] rows, int step) {
        return IntStream.of(rows)
                .mapToDouble(row -> curves[row][step])
                .average()
                .orElseThrow();
    }
}
