package org.obverse.plugins.skips;

import java.util.List;
import org.obverse.api.defense.ModelTransform;
import org.obverse.api.network.ClassifierArchitecture;
import org.obverse.api.network.Residual;
import org.obverse.api.plugin.InvalidConfigurationException;
import org.obverse.api.plugin.Problem;

/** Scales the shortcuts of one stage. */
record SkipConnectionsTransform(SkipConnections settings) implements ModelTransform {
    @Override
    public ClassifierArchitecture transform(ClassifierArchitecture plain) {
        if (!(plain instanceof Residual residual)) {
            throw new InvalidConfigurationException(new Problem(
                    SkipConnections.NAME,
                    "the classifier has no shortcuts, as a VGG has none, or another defense has changed"
                            + " it already",
                    "use a residual network, such as resnet152, ir152-64 or small-resnet, and name this defense before one"
                            + " that replaces the head"));
        }
        List<String> stages = residual.residualStages();
        String stage = settings.stage().isEmpty() ? stages.get(stages.size() - 1) : settings.stage();
        return residual.scaled(stage, settings.projection().scaled(), settings.scale());
    }
}
