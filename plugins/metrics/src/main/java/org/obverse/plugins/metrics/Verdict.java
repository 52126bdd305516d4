package org.obverse.plugins.metrics;

import java.util.Arrays;

/**
 * A model's answer about one image whose class is known.
 *
 * @param imageClass what the image shows, or is meant to show
 * @param rank the number of classes that the model finds likelier, 0 if it predicts {@code imageClass}; logits that
 *     differ by at most 3e-5 of the largest absolute one are equal ({@link Ties}), and of equal ones the first counts as the
 *     larger
 * @param confidence softmax probability of {@code imageClass}, in [0, 1]
 * @param highest softmax probability of the predicted class, in (0, 1]
 */
record Verdict(int imageClass, int rank, double confidence, double highest) {
    /**
     * Probabilities are exponentials of the log-softmax in double precision, so that a model with a margin of 20 is not
     * already certain.
     *
     * @param logits of all classes, finite
     * @param output the logit of {@code imageClass}
     */
    static Verdict of(int imageClass, double[] logits, int output) {
        double largest = Double.NEGATIVE_INFINITY;
        for (double logit : logits) {
            largest = Math.max(largest, logit);
        }
        double equal = Ties.margin(Arrays.stream(logits).map(Math::abs).max().orElseThrow());
        double sum = 0;
        int rank = 0;
        for (int c = 0; c < logits.length; c++) {
            sum += Math.exp(logits[c] - largest);
            double ahead = logits[c] - logits[output];
            if (ahead > equal || (ahead >= -equal && c < output)) {
                rank++;
            }
        }
        double logSum = Math.log(sum);
        return new Verdict(imageClass, rank, Math.exp(logits[output] - largest - logSum), Math.exp(-logSum));
    }

    /** The class that a model predicts; of equal logits the first. */
    static int predicted(double[] logits) {
        double largest = Arrays.stream(logits).max().orElseThrow();
        double equal = Ties.margin(Arrays.stream(logits).map(Math::abs).max().orElseThrow());
        int first = 0;
        while (logits[first] < largest - equal) {
            first++;
        }
        return first;
    }

    /** Whether the model predicts the image's class. */
    boolean correct() {
        return rank == 0;
    }
}
