package org.obverse.plugins.ppa;

/** What becomes of a candidate's confidences under several views. */
@FunctionalInterface
interface Score {
    /**
     * @param logConfidences natural logarithms of the target class's confidence, one per view
     * @return larger is better
     */
    double of(double... logConfidences);
}
