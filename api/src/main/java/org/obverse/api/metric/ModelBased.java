package org.obverse.api.metric;

/**
 * What the configuration of a metric implements if an evaluation model judges for the metric. A plan without that model is
 * refused before the run, so that {@link Evidence#evaluationModels} holds it whenever the metric is asked to measure.
 */
public interface ModelBased {
    /** The name of the evaluation model's classifier component; empty for the plan's first model. */
    String model();
}
