package org.obverse.api.metric;

/**
 * What the configuration of a metric implements if an evaluation model judges for the metric. A plan without that model is
 * refused before the run, so that the metric's evidence holds it whenever the metric is asked to measure.
 */
public interface Judged {
    /**
     * The evaluation model's name in the plan. Empty for its only one; a record with the key {@code judge} is given the name
     * of that one before the metric is made.
     */
    String judge();

    /** What of the model the figures rest on: a model that may be no good at it is refused, unless the plan accepts that. */
    default Basis basis() {
        return Basis.CONFIDENCE;
    }

    /** What of an evaluation model figures may rest on. */
    enum Basis {
        /** The crop that the plan gives it: what it has learned plays no part, and nothing is asked of it. */
        CROP,
        /**
         * Whom it recognises, by its classes or by its features: it must be another model than the attack's, of this split, and good at
         * its own test images.
         */
        RECOGNITION,
        /** How sure it is, too: its confidence must be calibrated besides. */
        CONFIDENCE
    }
}
