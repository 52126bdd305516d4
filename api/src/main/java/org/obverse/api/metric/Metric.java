package org.obverse.api.metric;

/** Judges an attack's reconstructions, or a target. What it judges is its type. */
public sealed interface Metric permits ReconstructionMetric, TargetMetric {}
