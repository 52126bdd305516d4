package org.obverse.api.metric;

/** Judges what membership attacks said of a target's samples. One instance serves a study; it is called once per cell, also concurrently. */
public non-sealed interface MembershipMetric extends Metric {
    /**
     * @throws MetricFailedException if the figure does not exist for this evidence; the run goes on and reports why
     */
    Measurement measure(MembershipEvidence evidence) throws MetricFailedException;
}
