package org.obverse.plugins.dpsgd;

import java.util.List;
import org.obverse.api.defense.Defense;
import org.obverse.api.plugin.Component;
import org.obverse.api.plugin.Kind;
import org.obverse.api.plugin.Plugin;

/** The table of contents of this jar. */
public final class DpSgdPlugin implements Plugin {
    @Override
    public String id() {
        return DpSgd.NAME;
    }

    @Override
    public String version() {
        return "0.1.0";
    }

    @Override
    public List<Component<?, ?>> components() {
        return List.of(new Component<>(
                Kind.DEFENSE,
                DpSgd.NAME,
                "Trains with differential privacy: each sample's gradient is clipped and noise is added (DP-SGD, Abadi et"
                        + " al. 2016, arXiv 1607.00133). The training's epsilon is for measurement; for release use a"
                        + " secret seed.",
                DpSgd.DEFAULT,
                (configuration, resources) -> (Defense) () -> List.of(new ClippedGradients(configuration))));
    }
}
