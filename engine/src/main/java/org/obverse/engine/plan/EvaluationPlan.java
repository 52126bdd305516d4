package org.obverse.engine.plan;

import org.obverse.api.network.ClassifierArchitecture;

/**
 * A model that judges reconstructions.
 *
 * @param name by which metrics and figures quote it
 * @param crop side of the centre crop of reconstructions, in pixels, before they are resized to the model's input; 0
 *     crops nothing
 * @param pixels height and width of the images that it is trained on and shown; 0 for the data's own size
 * @param classes outputs of loaded weights; 0 for the number of the data's classes
 * @param seed of its training
 */
public record EvaluationPlan(
        String name,
        PlannedComponent<ClassifierArchitecture> classifier,
        Origin origin,
        int crop,
        int pixels,
        int classes,
        long seed) {
    /** Where plans write it: {@code evaluation.judge}. */
    public String path() {
        return ModelEntries.EVALUATION + "." + name;
    }
}
