package org.obverse.api.network;

import ai.djl.ndarray.types.Shape;

/**
 * An architecture that can be cut at its {@link Tap#PENULTIMATE} activation and given another head, as MID's bottleneck
 * (Wang et al. 2021) needs.
 */
public interface Headed extends ClassifierArchitecture {
    /**
     * Builds a network with this architecture's body under another head. The body takes its tensors first, then the
     * head; those of the architecture's own head are never asked for, so that the weights of the changed network load
     * into it again. {@link #build(Shape, int, Parameters)} is this method with the architecture's own head.
     *
     * @return a network whose taps are the body's, then the head's
     * @throws org.obverse.api.plugin.InvalidConfigurationException if the architecture cannot take that input
     */
    Classifier build(Shape input, int classes, Parameters parameters, Head.Architecture head);
}
