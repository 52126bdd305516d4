package org.obverse.api.metric;

import ai.djl.ndarray.NDArray;
import java.util.List;
import org.obverse.api.attack.Candidates;
import org.obverse.api.network.Classifier;

/**
 * What a metric sees of an attack. What only some metrics look at is declared, with {@link
 * org.obverse.api.plugin.Requirements#reads} or a configuration that is {@link Judged} or {@link
 * JudgedByPanel}: a metric depends on nothing else.
 */
public interface Reconstructions extends Evidence {
    /** What the attack delivered, or what an earlier stage of it found, where the plan's {@code of} names one. */
    Candidates candidates();

    /**
     * The model that was attacked, without output filters.
     *
     * @throws IllegalArgumentException if the metric did not declare that it reads it
     */
    Classifier target();

    /**
     * The evaluation model that the metric's configuration names.
     *
     * @throws IllegalArgumentException if the configuration is not {@link Judged}
     */
    EvaluationModel judge();

    /**
     * The evaluation models that the metric's configuration names, in that order, or all in the plan's; at least two.
     *
     * @throws IllegalArgumentException if the configuration is not {@link JudgedByPanel}
     */
    List<EvaluationModel> judges();

    /**
     * Images of candidates as the generator made them, drawn once, neither clamped nor rounded: the same at each call.
     *
     * @param rows of {@code candidates}
     * @return {@code [rows.length, ...image of the generator]}, nominally in [-1, 1]
     */
    NDArray drawn(Candidates candidates, int... rows);

    /**
     * The same images as they are saved: clamped to [-1, 1] and rounded to 8 bit, a level v of 0, …, 255 standing for v / 127.5 - 1. A
     * value that is not finite becomes NaN. What is no picture {@code [C, H, W]} stays as it was drawn.
     *
     * @param rows of {@code candidates}
     * @return {@code [rows.length, ...image of the generator]}
     */
    NDArray saved(Candidates candidates, int... rows);

    /**
     * Images as a judge sees them: centre-cropped, resized to its input. What is no picture stays as it is.
     *
     * @param images {@code [N, ...image of the generator]}
     * @return {@code [N, ...input of the model]}
     */
    NDArray shown(NDArray images, EvaluationModel model);

    /**
     * Saved images of candidates as a judge sees them, which are what scores are about.
     *
     * @param rows of {@code candidates}
     * @return {@code [rows.length, ...input of the model]}
     */
    default NDArray images(Candidates candidates, EvaluationModel model, int... rows) {
        return shown(saved(candidates, rows), model);
    }
}
