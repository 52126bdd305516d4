package org.obverse.api.oracle;

import ai.djl.ndarray.NDArray;

/** The target model, to someone who sees its outputs before the softmax. */
public interface LogitOracle extends ScoreOracle {
    /** Logits, float32 {@code [N, classes]}. */
    NDArray logits(NDArray images);
}
