package org.obverse.plugins.lowrank;

import org.obverse.api.defense.ModelTransform;
import org.obverse.api.network.ClassifierArchitecture;
import org.obverse.api.network.Head;
import org.obverse.api.network.Headed;
import org.obverse.api.plugin.InvalidConfigurationException;
import org.obverse.api.plugin.Problem;
import org.obverse.api.tensor.Operators;

/** Puts the two layers in the place of the head. The result has no head to replace again. */
record FactorsTransform(LowRankHead settings, Operators operators) implements ModelTransform {
    @Override
    public ClassifierArchitecture transform(ClassifierArchitecture plain) {
        if (!(plain instanceof Headed headed)) {
            throw new InvalidConfigurationException(
                    new Problem(
                            LowRankHead.NAME,
                            "the classifier cannot be cut before its head, or another defense has replaced the head",
                            "use a classifier with a replaceable head, such as small-resnet, and one defense that replaces it"));
        }
        Head.Architecture factors = Factors.of(settings, operators);
        return (input, classes, parameters) -> headed.build(input, classes, parameters, (features, outputs, same) -> {
            requireNarrow(features, outputs);
            return factors.build(features, outputs, same);
        });
    }

    private void requireNarrow(int features, int classes) {
        int most = Math.min(features, classes);
        if (settings.rank() > most) {
            throw new InvalidConfigurationException(new Problem(
                    LowRankHead.NAME,
                    "a rank of %d is more than a head from %d features to %d classes can have"
                            .formatted(settings.rank(), features, classes),
                    "use at most " + most));
        }
    }
}
