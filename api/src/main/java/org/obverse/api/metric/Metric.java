package org.obverse.api.metric;

/** Judges the finished candidates, or the target. Called once per run, after all stages, on one thread. */
public interface Metric {
    /**
     * @throws MetricFailedException if the figure does not exist for this evidence; the run goes on and reports why
     */
    Measurement measure(Evidence evidence) throws MetricFailedException;
}
