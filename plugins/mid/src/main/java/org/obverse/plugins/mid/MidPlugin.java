package org.obverse.plugins.mid;

import java.util.List;
import org.obverse.api.plugin.Component;
import org.obverse.api.plugin.Kind;
import org.obverse.api.plugin.Plugin;

/** The table of contents of this jar. */
public final class MidPlugin implements Plugin {
    @Override
    public String id() {
        return "mid";
    }

    @Override
    public String version() {
        return "0.1.0";
    }

    @Override
    public List<Component<?, ?>> components() {
        return List.of(new Component<>(
                Kind.DEFENSE,
                "mid",
                "Puts a noisy information bottleneck between features and logits and penalises what passes it (MID,"
                        + " Wang et al. 2021, arXiv 2009.05241).",
                Mid.DEFAULT,
                (configuration, resources) -> configuration.defense(resources.operators())));
    }
}
