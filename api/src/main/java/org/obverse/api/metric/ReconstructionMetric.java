package org.obverse.api.metric;

/** Judges what an attack found. One instance serves a study; it is called once per attack, also concurrently. */
public non-sealed interface ReconstructionMetric extends Metric {
    /**
     * @throws MetricFailedException if the figure does not exist for this evidence; the run goes on and reports why
     */
    Measurement measure(Reconstructions evidence) throws MetricFailedException;
}
