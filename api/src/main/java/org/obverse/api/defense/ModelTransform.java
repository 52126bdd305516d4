package org.obverse.api.defense;

import org.obverse.api.network.ClassifierArchitecture;

/** Changes the architecture, in training and afterwards. */
public non-sealed interface ModelTransform extends DefensePart {
    /**
     * Called before any network is built, so that weights of the changed network are also loaded into it.
     *
     * @param plain the architecture that the plan names, or what the transform before returned; a facet such as {@link
     *     org.obverse.api.network.Headed} or {@link org.obverse.api.network.Tapped} says how it can be changed
     * @return an architecture whose networks take their further tensors from the same {@code Parameters}
     * @throws org.obverse.api.plugin.InvalidConfigurationException if the architecture cannot be changed this way
     */
    ClassifierArchitecture transform(ClassifierArchitecture plain);
}
