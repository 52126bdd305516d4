package org.obverse.api.metric;

/**
 * What the configuration of a metric implements if the metric compares penultimate activations of an evaluation model. A
 * plan whose model does not offer them is refused before the run.
 */
public interface FeatureBased extends ModelBased {}
