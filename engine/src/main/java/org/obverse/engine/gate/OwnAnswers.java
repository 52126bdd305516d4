package org.obverse.engine.gate;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.DataType;
import java.util.Arrays;
import org.obverse.api.data.Images;
import org.obverse.api.network.Classifier;
import org.obverse.api.network.Pass;
import org.obverse.engine.lend.UnitLoan;

/**
 * How well a finished network knows the images that it is said to know.
 *
 * @param accuracy the share whose largest logit is that of the label
 * @param calibrationError in [0, 1], as {@link #calibrationError} says
 */
public record OwnAnswers(double accuracy, double calibrationError) {
    /** Enough to tell a network that knows them from one that guesses: a share of 0.9 has a standard error below 0.01. */
    private static final int MOST = 1000;

    private static final int BATCH = 50;
    private static final int BINS = 10;

    /** Of up to 1,000 images that lie equally far apart. */
    public static OwnAnswers of(Classifier network, Images images, UnitLoan loan) {
        int count = Math.min(MOST, images.size());
        double[] confidence = new double[count];
        boolean[] correct = new boolean[count];
        for (int from = 0; from < count; from += BATCH) {
            loan.checkpoint();
            int[] indices = new int[Math.min(BATCH, count - from)];
            int first = from;
            Arrays.setAll(indices, i -> (int) ((long) (first + i) * images.size() / count));
            try (NDScope scope = new NDScope()) {
                Pass pass = Pass.evaluation(loan.random().child("own-accuracy", from));
                NDArray logits = network.forward(images.read(loan.manager(), indices), pass)
                        .logits()
                        .toType(DataType.FLOAT64, false);
                long[] found = logits.argMax(1).toLongArray();
                double[] highest = logits.softmax(1).max(new int[] {1}).toDoubleArray();
                for (int i = 0; i < indices.length; i++) {
                    confidence[from + i] = highest[i];
                    correct[from + i] = found[i] == images.label(indices[i]);
                }
            }
        }
        return of(confidence, correct);
    }

    static OwnAnswers of(double[] confidence, boolean[] correct) {
        int hits = 0;
        for (boolean hit : correct) {
            hits += hit ? 1 : 0;
        }
        return new OwnAnswers((double) hits / correct.length, calibrationError(confidence, correct));
    }

    /**
     * √(Σ_b n_b/N · (acc_b − conf_b)²) over 10 bins of equal width, closed on the left, with a confidence of 1 in the last: the l2
     * error of Kumar et al. 2019, which Struppek et al. 2024 report of targets.
     */
    private static double calibrationError(double[] confidence, boolean[] correct) {
        double[] gap = new double[BINS];
        int[] count = new int[BINS];
        for (int i = 0; i < confidence.length; i++) {
            int bin = Math.min(BINS - 1, (int) (confidence[i] * BINS));
            gap[bin] += (correct[i] ? 1 : 0) - confidence[i];
            count[bin]++;
        }
        double error = 0;
        for (int bin = 0; bin < BINS; bin++) {
            error += count[bin] == 0 ? 0 : gap[bin] * gap[bin] / count[bin] / confidence.length;
        }
        return Math.sqrt(error);
    }
}
