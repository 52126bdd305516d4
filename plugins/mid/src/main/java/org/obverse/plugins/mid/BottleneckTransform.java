package org.obverse.plugins.mid;

import org.obverse.api.defense.ModelTransform;
import org.obverse.api.network.ClassifierArchitecture;
import org.obverse.api.network.Head;
import org.obverse.api.network.Headed;
import org.obverse.api.plugin.InvalidConfigurationException;
import org.obverse.api.plugin.Problem;

/** Puts the bottleneck in the place of the head. The result has no head to replace again. */
record BottleneckTransform(Head.Architecture bottleneck) implements ModelTransform {
    @Override
    public ClassifierArchitecture transform(ClassifierArchitecture plain) {
        if (!(plain instanceof Headed headed)) {
            throw new InvalidConfigurationException(
                    new Problem(
                            "mid",
                            "the classifier cannot be cut before its head, or another defense has replaced the head",
                            "use a classifier with a replaceable head, such as small-resnet, and one defense that replaces it"));
        }
        return (input, classes, parameters) -> headed.build(input, classes, parameters, bottleneck);
    }
}
