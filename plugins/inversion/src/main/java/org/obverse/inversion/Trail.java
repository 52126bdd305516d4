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
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.obverse.api.attack.Candidates;
import org.obverse.api.attack.Candidates.Curve;
import org.obverse.api.attack.Candidates.Snapshot;
import org.obverse.api.attack.Representation;
import org.obverse.api.attack.StageContext;
import org.obverse.inversion.LatentDescent.Outcome;

/**
 * Where all candidates of a unit are and how they came there, also when the budget is spent. Batches are consecutive rows
 * and come one after another, so what lies before the current one is finished and what lies behind it has not begun.
 */
public final class Trail {
    private final List<Integer> classes;
    private final Function<NDArray, Representation> representation;
    private final StageContext context;
    private final NDArray start;
    private final int steps;
    private final NDList reached = new NDList();
    private final float[][] losses;
    private final float[][] confidences;
    private final double[] scores;
    private final int[] taken;
    private final Map<String, float[][]> more = new TreeMap<>();
    private final Map<Integer, NDList> kept = new TreeMap<>();
    private final int every;
    private int behind;

    /** Keeps no snapshots. */
    public Trail(
            List<Integer> classes,
            NDArray start,
            Function<NDArray, Representation> representation,
            int steps,
            StageContext context) {
        this(classes, start, representation, steps, 0, context);
    }

    /**
     * Before the first step; from now on a spent budget leaves {@link #candidates}.
     *
     * @param classes of the candidates
     * @param start what is optimized, {@code [N, ...]}
     * @param representation of the candidates at such latents
     * @param steps that each batch will take
     * @param every how many steps lie between two snapshots, the first of which is the start; 0 keeps none
     */
    public Trail(
            List<Integer> classes,
            NDArray start,
            Function<NDArray, Representation> representation,
            int steps,
            int every,
            StageContext context) {
        this.classes = classes;
        this.start = start;
        this.representation = representation;
        this.context = context;
        this.steps = steps;
        this.every = every;
        this.losses = new float[classes.size()][steps];
        this.confidences = new float[classes.size()][steps];
        this.scores = new double[classes.size()];
        Arrays.fill(scores, Double.NaN);
        this.taken = new int[classes.size()];
        context.onBudgetSpent(this::candidates);
    }

    /** Where some candidates start. */
    public NDArray start(int... rows) {
        return start.get(new NDIndex("{}:{}", rows[0], rows[rows.length - 1] + 1));
    }

    /** All candidates after the last step that was taken, with the curves so far. Each call makes them anew. */
    public Candidates candidates() {
        NDList blocks = new NDList(reached);
        if (behind < classes.size()) {
            blocks.add(start.get(new NDIndex("{}:", behind)));
        }
        return new Candidates(
                representation.apply(NDArrays.concat(blocks)),
                classes,
                Arrays.stream(scores).boxed().toList(),
                curves(),
                snapshots());
    }

    private List<Curve> curves() {
        List<Curve> curves = new ArrayList<>(List.of(curve("loss", losses), curve("confidence", confidences)));
        more.forEach((name, values) -> curves.add(curve(name, values)));
        return curves;
    }

    /** Those that all candidates have reached. */
    private List<Snapshot> snapshots() {
        List<Snapshot> snapshots = new ArrayList<>();
        if (every > 0) {
            snapshots.add(new Snapshot(0, representation.apply(start)));
        }
        kept.forEach((step, blocks) -> {
            if (blocks.stream().mapToLong(block -> block.getShape().get(0)).sum() == classes.size()) {
                snapshots.add(new Snapshot(step, representation.apply(NDArrays.concat(blocks))));
            }
        });
        return snapshots;
    }

    /**
     * Notes a step of a batch.
     *
     * @param rows of the batch, consecutive
     * @param step from 0
     * @param outcome before the step
     * @param latents after it, {@code [rows.length, ...]}: one array for all steps of a batch, which lives as long as the
     *     unit
     */
    public void stepped(int[] rows, int step, Outcome outcome, NDArray latents) {
        record(rows, step, outcome);
        if (step == 0) {
            reached.add(latents);
            behind = rows[rows.length - 1] + 1;
        }
        if (every > 0 && (step + 1) % every == 0) {
            NDArray now = latents.duplicate();
            NDScope.unregister(now);
            kept.computeIfAbsent(step + 1, key -> new NDList()).add(now);
        }
        report(rows, step);
    }

    /**
     * Notes a figure of a step beside loss and confidence.
     *
     * @param name of its curve
     * @param values one per row; NaN where it is undefined
     */
    public void noted(String name, int[] rows, int step, double... values) {
        float[][] curve = more.computeIfAbsent(name, key -> new float[classes.size()][steps]);
        for (int i = 0; i < rows.length; i++) {
            curve[rows[i]][step] = (float) values[i];
        }
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
