package org.obverse.plugins.dropout;

import java.util.LinkedHashMap;
import java.util.Map;
import org.obverse.api.defense.ModelTransform;
import org.obverse.api.network.ClassifierArchitecture;
import org.obverse.api.network.Tapped;
import org.obverse.api.plugin.InvalidConfigurationException;
import org.obverse.api.plugin.Problem;

/** Puts a mask behind each of the activations. The network has the same tensors, and every facet that it had. */
record DropoutTransform(Dropout settings) implements ModelTransform {
    @Override
    public ClassifierArchitecture transform(ClassifierArchitecture plain) {
        if (settings.rate() == 0) {
            return plain;
        }
        if (!(plain instanceof Tapped tapped)) {
            throw new InvalidConfigurationException(new Problem(
                    Dropout.NAME,
                    "nothing can be put between the stages of the classifier, or another defense has changed it already",
                    "use a classifier of stages, such as small-resnet, and name this defense before one that replaces"
                            + " the head"));
        }
        Map<String, Tapped.Change> masks = new LinkedHashMap<>();
        settings.after().forEach(tap -> masks.put(tap, new Mask(tap, settings.rate(), settings.kind())));
        return tapped.changed(masks);
    }
}
