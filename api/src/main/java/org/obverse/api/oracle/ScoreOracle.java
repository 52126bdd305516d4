package org.obverse.api.oracle;

import ai.djl.ndarray.NDArray;

/** The target model, to someone who sees its confidences. */
public interface ScoreOracle extends LabelOracle {
    /**
     * Natural logarithms of the class probabilities, float64 {@code [N, classes]}, computed as log-softmax of float64
     * logits: models trained with negative label smoothing saturate float32.
     */
    NDArray logScores(NDArray images);
}
