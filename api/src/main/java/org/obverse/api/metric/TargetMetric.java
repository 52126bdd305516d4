package org.obverse.api.metric;

/** Judges a target: the same figure for every attack on it. One instance serves a study; it is called once per target, also concurrently. */
public non-sealed interface TargetMetric extends Metric {
    /**
     * @throws MetricFailedException if the figure does not exist for this evidence; the run goes on and reports why
     */
    Measurement measure(TargetEvidence evidence) throws MetricFailedException;
}
