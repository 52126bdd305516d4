package org.obverse.api.oracle;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;

/**
 * The target model, to someone who sees only its decisions.
 *
 * <p>Images are float32 {@code [N, ...input]} in [-1, 1] (values beyond are passed on as they are), in evaluation mode.
 * Each image counts as one query of the calling stage; when the plan's budget is spent, the call does not return: the
 * engine ends the stage and asks what it left with {@code StageContext.onBudgetSpent}. Answers are detached: no gradient
 * reaches the images through them.
 */
public interface LabelOracle {
    /** The shape of one image, such as {@code [3, 32, 32]}. */
    Shape input();

    int classes();

    /** The predicted classes, int64 {@code [N]}. */
    NDArray labels(NDArray images);
}
