package org.obverse.plugins.filters;

import ai.djl.ndarray.NDArray;

/** Scores of 0, which have no logarithm. */
final class Silence {
    /** What a score of 0 is told as, so that logarithms stay finite: no attack can tell it from 0 in float32. */
    static final double SCORE = 1e-300;

    private Silence() {}

    /** Logits {@code [N, classes]} whose softmax is in proportion to the scores, the largest of them 0. */
    static NDArray logits(NDArray scores) {
        NDArray logs = scores.maximum(SCORE).log();
        return logs.sub(logs.max(new int[] {1}, true));
    }
}
