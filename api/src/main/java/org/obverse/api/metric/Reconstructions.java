package org.obverse.api.metric;

import ai.djl.ndarray.NDArray;
import org.obverse.api.attack.Candidates;
import org.obverse.api.network.Classifier;

/**
 * What a metric sees of an attack. What only some metrics look at is declared, with {@link
 * org.obverse.api.plugin.Requirements#reads} or a configuration that is {@link Judged}: a metric depends on nothing else.
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
     * Images of candidates, as a judge sees them: drawn once, centre-cropped, resized to its input, neither clamped nor
     * quantised.
     *
     * @param rows of {@code candidates}
     * @return {@code [rows.length, ...input of the model]}
     */
    NDArray images(Candidates candidates, EvaluationModel model, int... rows);
}
