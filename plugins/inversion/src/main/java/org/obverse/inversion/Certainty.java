package org.obverse.inversion;

import ai.djl.ndarray.NDArray;

/**
 * How sure the target is that an image shows a class, as far as scores tell: larger is surer.
 *
 * <p>Targets trained with negative label smoothing are so sure that even the logarithm of their confidence ties at 0 in
 * float64; among equals the one with the larger margin is surer. NaN is less than every number.
 *
 * @param logConfidence {@code log p_y}, at most 0
 * @param margin {@code log p_y - max over j ≠ y of log p_j}, which is the margin of the logits
 */
public record Certainty(double logConfidence, double margin) implements Comparable<Certainty> {
    /** Nobody was asked. */
    public static final Certainty UNKNOWN = new Certainty(Double.NaN, Double.NaN);

    /**
     * One per row.
     *
     * @param logScores float64 {@code [N, classes]}
     * @param classes y of each row
     */
    public static Certainty[] of(NDArray logScores, int... classes) {
        int width = Math.toIntExact(logScores.getShape().get(1));
        double[] all = logScores.toDoubleArray();
        Certainty[] found = new Certainty[classes.length];
        for (int i = 0; i < classes.length; i++) {
            double other = Double.NEGATIVE_INFINITY;
            for (int j = 0; j < width; j++) {
                other = j == classes[i] ? other : Math.max(other, all[i * width + j]);
            }
            double own = all[i * width + classes[i]];
            found[i] = new Certainty(own, own - other);
        }
        return found;
    }

    /** {@code p_y}. */
    public double confidence() {
        return Math.exp(logConfidence);
    }

    @Override
    public int compareTo(Certainty other) {
        int byConfidence = compare(logConfidence, other.logConfidence);
        return byConfidence == 0 ? compare(margin, other.margin) : byConfidence;
    }

    private static int compare(double x, double y) {
        return Double.compare(
                Double.isNaN(x) ? Double.NEGATIVE_INFINITY : x, Double.isNaN(y) ? Double.NEGATIVE_INFINITY : y);
    }
}
