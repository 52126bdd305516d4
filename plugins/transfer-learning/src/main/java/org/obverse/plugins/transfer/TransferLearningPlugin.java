package org.obverse.plugins.transfer;

import java.util.List;
import org.obverse.api.defense.Defense;
import org.obverse.api.plugin.Component;
import org.obverse.api.plugin.Kind;
import org.obverse.api.plugin.Plugin;

/** The table of contents of this jar. */
public final class TransferLearningPlugin implements Plugin {
    @Override
    public String id() {
        return TransferLearning.NAME;
    }

    @Override
    public String version() {
        return "0.1.0";
    }

    @Override
    public List<Component<?, ?>> components() {
        return List.of(new Component<>(
                Kind.DEFENSE,
                TransferLearning.NAME,
                "Trains the last layers alone, of a network that starts from weights learned elsewhere (TL-DMI, Ho et al.,"
                        + " CVPR 2024).",
                TransferLearning.DEFAULT,
                (configuration, resources) -> (Defense) () -> List.of(new LastLayers(configuration))));
    }
}
