package org.obverse.plugins.skips;

import java.util.List;
import org.obverse.api.defense.Defense;
import org.obverse.api.plugin.Component;
import org.obverse.api.plugin.Kind;
import org.obverse.api.plugin.Plugin;

/** The table of contents of this jar. */
public final class SkipConnectionsPlugin implements Plugin {
    @Override
    public String id() {
        return SkipConnections.NAME;
    }

    @Override
    public String version() {
        return "0.1.0";
    }

    @Override
    public List<Component<?, ?>> components() {
        return List.of(new Component<>(
                Kind.DEFENSE,
                SkipConnections.NAME,
                "Leaves the shortcuts of a residual stage out (RoLSS), scales them (SSF) or takes them away during training"
                        + " (TTS; Koh et al. 2024, arXiv 2409.01696).",
                SkipConnections.DEFAULT,
                (configuration, resources) -> (Defense) () -> List.of(new SkipConnectionsTransform(configuration))));
    }
}
