package org.obverse.cli.figure;

import org.apache.commons.statistics.interval.BinomialConfidenceInterval;
import org.apache.commons.statistics.interval.Interval;

/**
 * A share of trials that have nothing to do with each other.
 *
 * @param successes at most {@code trials}
 */
public record Proportion(int successes, int trials) {
    private static final double LEVEL = 0.05;

    /** NaN if nothing was tried. */
    public double share() {
        return (double) successes / trials;
    }

    /**
     * The exact interval of 95 % (Clopper and Pearson, "The use of confidence or fiducial limits illustrated in the case of the binomial",
     * Biometrika 26, 1934): whatever the true share is, at least 95 of 100 such intervals hold it.
     */
    public Bounds bounds() {
        if (trials == 0) {
            return Bounds.NONE;
        }
        Interval exact = BinomialConfidenceInterval.CLOPPER_PEARSON.fromErrorRate(trials, successes, LEVEL);
        return new Bounds(exact.getLowerBound(), exact.getUpperBound());
    }
}
