package org.obverse.api.metric;

/** Judges an attack's reconstructions, a target, or membership attacks on it. What it judges is its type. */
public sealed interface Metric permits ReconstructionMetric, TargetMetric, MembershipMetric {}
