package org.obverse.inversion;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import java.util.Arrays;

/**
 * Confidences as natural logarithms in float64. Targets trained with negative label smoothing are so certain that their
 * float32 probabilities tie at 1 or vanish; their logarithms still differ.
 */
public final class Confidence {
    private Confidence() {}

    /**
     * {@code log softmax(logits)} at one class per sample, computed in float64.
     *
     * @param logits {@code [N, classes]}; no gradient flows through the answer
     * @param classes one per sample
     */
    public static double[] logOf(NDArray logits, int... classes) {
        NDArray scores = logits.toType(DataType.FLOAT64, false).logSoftmax(1);
        return pick(scores, classes);
    }

    /**
     * One entry per row.
     *
     * @param logScores float64 {@code [N, classes]}
     * @param classes one per sample
     */
    public static double[] pick(NDArray logScores, int... classes) {
        int width = Math.toIntExact(logScores.getShape().get(1));
        double[] all = logScores.toDoubleArray();
        double[] picked = new double[classes.length];
        for (int i = 0; i < classes.length; i++) {
            picked[i] = all[i * width + classes[i]];
        }
        return picked;
    }

    /** The logarithm of the mean of probabilities whose logarithms are given: {@code log((1/n) Σ exp l_i)}. */
    public static double logMean(double... logs) {
        double largest = Arrays.stream(logs).max().orElseThrow();
        if (largest == Double.NEGATIVE_INFINITY) {
            return largest;
        }
        double sum = 0;
        for (double log : logs) {
            sum += Math.exp(log - largest);
        }
        return largest + Math.log(sum / logs.length);
    }
}
