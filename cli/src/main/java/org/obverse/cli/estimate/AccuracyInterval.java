package org.obverse.cli.estimate;

import org.obverse.cli.figure.Student;

/**
 * How wide the 95 % interval of Acc@1 will be. Samples of one identity are alike, so that those of n identities with m samples each
 * are worth {@code n m / (1 + (m - 1) ICC)} that have nothing to do with each other (Kish, Survey Sampling, 1965, section 5.4: the
 * design effect of clusters of one size). Their intraclass correlation ICC is known only afterwards; it lies between 0 (each sample for
 * itself) and 1 (all samples of an identity succeed or none).
 *
 * @param classes n, at least 2
 * @param samples m per class, at least 1
 */
record AccuracyInterval(int classes, double samples) {
    private static final double TAIL = 0.025;

    /**
     * Half the width at a rate of one half, at which it is widest: {@code t sqrt(1/4 (1 + (m - 1) ICC) / (n m))} with Student's
     * quantile t of n - 1 degrees of freedom, as identities are what is drawn. No rate is beyond 0 and 1, so it is one half at most.
     */
    double halfWidth(double icc) {
        double effect = 1 + (samples - 1) * icc;
        double unbounded = new Student(classes - 1).upper(TAIL) * Math.sqrt(0.25 * effect / (classes * samples));
        return Math.min(0.5, unbounded);
    }
}
