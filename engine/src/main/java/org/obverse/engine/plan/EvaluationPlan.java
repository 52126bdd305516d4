package org.obverse.engine.plan;

import org.obverse.api.network.ClassifierArchitecture;

/**
 * A model that judges reconstructions.
 *
 * @param crop side of the centre crop of reconstructions, in pixels, before they are resized to the model's input; 0
 *     crops nothing
 */
public record EvaluationPlan(Chosen<ClassifierArchitecture> classifier, Origin origin, int crop) {}
