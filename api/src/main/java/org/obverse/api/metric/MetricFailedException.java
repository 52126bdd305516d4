package org.obverse.api.metric;

/** A declared failure: the metric is undefined for the evidence. Anything else that a metric throws ends the run. */
public final class MetricFailedException extends Exception {
    private static final long serialVersionUID = 1L;

    /**
     * @param reason names the subject, the rule and the way out
     */
    public MetricFailedException(String reason) {
        super(reason);
    }
}
