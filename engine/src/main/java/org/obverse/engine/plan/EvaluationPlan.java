package org.obverse.engine.plan;

import org.obverse.api.network.ClassifierArchitecture;

/**
 * A model that judges reconstructions.
 *
 * @param crop side of the centre crop of reconstructions, in pixels, before they are resized to the model's input; 0
 *     crops nothing
 * @param pixels height and width of the images that it is trained on and shown; 0 for the data's own size
 * @param classes outputs of loaded weights; 0 for the number of the data's classes
 */
public record EvaluationPlan(
        Chosen<ClassifierArchitecture> classifier, Origin origin, int crop, int pixels, int classes) {}
