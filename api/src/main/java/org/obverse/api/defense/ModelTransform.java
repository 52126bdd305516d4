package org.obverse.api.defense;

import org.obverse.api.network.Classifier;

/** Changes the architecture, in training and afterwards. */
public non-sealed interface ModelTransform extends DefensePart {
    /**
     * @param plain the network that the plan names, or what the transform before returned
     * @return a network that takes further tensors from the same {@code Parameters}
     * @throws org.obverse.api.plugin.InvalidConfigurationException if the network cannot be changed this way
     */
    Classifier transform(Classifier plain);
}
