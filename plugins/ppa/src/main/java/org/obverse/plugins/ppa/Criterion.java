package org.obverse.plugins.ppa;

import java.util.Arrays;
import org.obverse.inversion.Confidence;

/** By what candidates are ranked. */
public enum Criterion {
    /** The score of the class, averaged over views; kept as a logarithm in float64, in which certain models still differ. */
    CONFIDENCE {
        @Override
        double of(double[] logScores, int from, int classes, int target) {
            return logScores[from + target];
        }

        @Override
        Score overViews() {
            return Confidence::logMean;
        }
    },

    /**
     * How far the class's logit lies above the strongest other one, averaged over views. It goes on growing where the score is 1 for all
     * that a number can tell, as it is of models with negative label smoothing.
     */
    MARGIN {
        @Override
        double of(double[] logScores, int from, int classes, int target) {
            double strongest = Double.NEGATIVE_INFINITY;
            for (int other = 0; other < classes; other++) {
                strongest = other == target ? strongest : Math.max(strongest, logScores[from + other]);
            }
            return logScores[from + target] - strongest;
        }

        @Override
        Score overViews() {
            return margins -> Arrays.stream(margins).average().orElseThrow();
        }
    };

    /**
     * What counts of one image.
     *
     * @param logScores rows of {@code classes} natural logarithms
     * @param from where the image's row begins
     */
    abstract double of(double[] logScores, int from, int classes, int target);

    abstract Score overViews();
}
