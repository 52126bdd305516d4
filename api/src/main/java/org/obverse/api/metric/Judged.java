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
}
