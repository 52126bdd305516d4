package org.obverse.api.network;

import ai.djl.ndarray.types.Shape;

/** A family of classifiers, before input size, number of classes and weights are known. */
@FunctionalInterface
public interface ClassifierArchitecture {
    /**
     * Builds a network whose every tensor comes from {@code parameters}, asked for under the names of the architecture's
     * published state dict.
     *
     * @param input the shape of one image, such as {@code [3, 32, 32]}
     * @param classes at least 2
     * @throws org.obverse.api.plugin.InvalidConfigurationException if the architecture cannot take that input
     */
    Classifier build(Shape input, int classes, Parameters parameters);
}
