package org.obverse.plugins.ifgmi;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.index.NDIndex;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.obverse.api.attack.StageContext;
import org.obverse.api.generator.Staged;
import org.obverse.api.plugin.Resources;
import org.obverse.api.tensor.Gradients;
import org.obverse.api.training.ParameterOptimizer;
import org.obverse.inversion.FramedImages;
import org.obverse.inversion.LatentDescent.Outcome;
import org.obverse.inversion.Trail;

/**
 * The search of one batch, block by block. Of the blocks that lie behind it keeps one batch of features, that which enters the block where it
 * is; gradients go no further back.
 */
final class BlockSearch {
    private final FeatureSettings settings;
    private final Resources resources;
    private final FramedImages images;
    private final Sight sight;
    private final Staged generator;
    private final int[] rows;
    private final NDArray w;
    private int block;
    private int step;
    /** What enters the block: nothing at the first, then features, which are a leaf, and the image so far. */
    private NDList entering = new NDList();

    /** Images that are the result so far, or none. */
    private NDList kept = new NDList();

    private final double[] keptRobustness;
    private final List<double[]> robustness = new ArrayList<>();

    /**
     * @param start w of the candidates {@code rows}, {@code [rows.length, 1, styleSize]}
     */
    BlockSearch(
            FeatureSettings settings,
            Resources resources,
            FramedImages images,
            Sight sight,
            int[] rows,
            NDArray start) {
        this.settings = settings;
        this.resources = resources;
        this.images = images;
        this.sight = sight;
        this.generator = (Staged) images.generator();
        this.rows = rows.clone();
        this.w = resources.gradients().variable(start);
        this.keptRobustness = new double[rows.length];
        Arrays.fill(keptRobustness, Double.NaN);
    }

    /** Goes through all blocks that are searched. */
    void run(Trail trail, StageContext context) {
        for (int next = 0; next < settings.searched(); next++) {
            if (next > 0) {
                enter(next);
            }
            descend(trail, context);
            if (settings.chosen() instanceof Layer.ByTarget) {
                compare();
            }
        }
        finish();
    }

    /** Runs the block before with what was found there; that is let go. */
    void enter(int next) {
        NDList before = entering;
        try (NDScope scope = new NDScope()) {
            NDList made = generator.run(block, before, whole());
            NDArray features = resources.gradients().variable(made.get(0));
            NDArray image = made.get(1);
            NDScope.unregister(features, image);
            entering = new NDList(features, image);
        }
        block = next;
        before.close();
    }

    private void descend(Trail trail, StageContext context) {
        NDList variables = variables();
        NDList origins = new NDList(variables.stream().map(NDArray::duplicate).toArray(NDArray[]::new));
        try (ParameterOptimizer adam =
                resources.training().adam(variables, settings.beta1(), settings.beta2(), FeatureAdam.EPSILON, 0)) {
            for (int i = 0; i < settings.steps().get(block); i++) {
                context.checkpoint();
                try (NDScope scope = new NDScope()) {
                    Outcome outcome;
                    NDArray total;
                    try (Gradients.Recording recording = resources.gradients().recording()) {
                        outcome = outcome();
                        total = outcome.losses().sum();
                    }
                    adam.step(resources.gradients().of(total, variables), settings.learningRate());
                    bound(variables, origins);
                    trail.stepped(rows, step, outcome, w);
                    step++;
                }
            }
        }
        origins.close();
    }

    /** What is searched: w, and behind the first block the features that enter the one where the search is. */
    NDList variables() {
        NDList variables = new NDList(w);
        if (block > 0) {
            variables.add(entering.get(0));
        }
        return variables;
    }

    /** What the target says of the candidates as they are, part of the graph if the thread is recording. */
    Outcome outcome() {
        return block == 0
                ? sight.outcome(images.generate().apply(w), images.framed(), rows, step)
                : sight.outcome(behind(), images.whole(), rows, step);
    }

    private void bound(NDList variables, NDList origins) {
        if (settings.wRadius(block) > 0) {
            L1Ball.bound(w, origins.get(0), settings.wRadius(block));
        }
        if (block > 0 && settings.featureRadius(block) > 0) {
            L1Ball.bound(variables.get(1), origins.get(1), settings.featureRadius(block));
        }
    }

    /** Whole images of what enters the block. */
    private NDArray behind() {
        NDArray points = whole();
        NDList made = entering;
        for (int next = block; next < generator.blocks(); next++) {
            made = generator.run(next, made, points);
        }
        return made.get(1);
    }

    /** One w for all rows, {@code [N, rows, styleSize]}. */
    private NDArray whole() {
        return w.repeat(1, generator.rows());
    }

    /** Keeps of each candidate the image that the target recognises best so far. */
    private void compare() {
        try (NDScope scope = new NDScope()) {
            NDArray now = now();
            double[] robust = sight.robustness(now, images.whole(), rows);
            NDArray better = (kept.isEmpty() ? now : kept.head()).duplicate();
            for (int i = 0; i < robust.length; i++) {
                if (!(robust[i] <= keptRobustness[i])) {
                    keptRobustness[i] = robust[i];
                    better.set(new NDIndex(i), now.get(i));
                }
            }
            robustness.add(robust);
            keep(better);
        }
    }

    private void keep(NDArray result) {
        NDScope.unregister(result);
        kept.close();
        kept = new NDList(result);
    }

    private void finish() {
        try (NDScope scope = new NDScope()) {
            if (kept.isEmpty()) {
                keep(now());
            }
        }
        entering.close();
    }

    private NDArray now() {
        return block == 0 ? generator.generate(w) : behind();
    }

    /** What would be the result if the search ended now, {@code [rows.length, ...image]}, not clamped. */
    NDArray result() {
        return kept.isEmpty() ? now() : kept.head();
    }

    /**
     * Notes how well the target recognises the candidates through random views, if it chooses among blocks.
     *
     * @param best of all candidates, the logarithm of the confidence in the image that is kept; NaN before the first comparison
     * @param all of all candidates, the same after each block
     */
    void score(List<Double> best, List<float[]> all) {
        for (int i = 0; i < rows.length; i++) {
            best.set(rows[i], keptRobustness[i]);
            float[] ofBlocks = new float[robustness.size()];
            for (int after = 0; after < ofBlocks.length; after++) {
                ofBlocks[after] = (float) robustness.get(after)[i];
            }
            all.set(rows[i], ofBlocks);
        }
    }
}
