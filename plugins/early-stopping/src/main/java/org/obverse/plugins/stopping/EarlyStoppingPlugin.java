package org.obverse.plugins.stopping;

import java.util.List;
import org.obverse.api.defense.Defense;
import org.obverse.api.plugin.Component;
import org.obverse.api.plugin.Kind;
import org.obverse.api.plugin.Plugin;

/** The table of contents of this jar. */
public final class EarlyStoppingPlugin implements Plugin {
    @Override
    public String id() {
        return "early-stopping";
    }

    @Override
    public String version() {
        return "0.1.0";
    }

    @Override
    public List<Component<?, ?>> components() {
        return List.of(new Component<>(
                Kind.DEFENSE,
                "early-stopping",
                "Stops training when held-out samples are no longer recognised better, and keeps the best epoch (Prechelt"
                        + " 1998); unlike the published defenses' code it never looks at test data.",
                EarlyStopping.DEFAULT,
                (configuration, resources) -> (Defense) () -> List.of(new BestEpoch(configuration))));
    }
}
