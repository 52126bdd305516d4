package org.obverse.plugins.dropout;

import java.util.List;
import org.obverse.api.defense.Defense;
import org.obverse.api.plugin.Component;
import org.obverse.api.plugin.Kind;
import org.obverse.api.plugin.Plugin;
import org.obverse.api.plugin.Requirements;
import org.obverse.api.plugin.Requirements.Trait;

/** The table of contents of this jar. */
public final class DropoutPlugin implements Plugin {
    @Override
    public String id() {
        return Dropout.NAME;
    }

    @Override
    public String version() {
        return "0.1.0";
    }

    @Override
    public List<Component<?, ?>> components() {
        return List.of(new Component<>(
                Kind.DEFENSE,
                Dropout.NAME,
                "Trains with elements (Srivastava et al. 2014) or whole channels (Tompson et al. 2015, arXiv 1411.4280) of"
                        + " activations set to 0 at random.",
                Dropout.DEFAULT,
                configuration ->
                        configuration.rate() == 0 ? Requirements.none().trait(Trait.IDLE) : Requirements.none(),
                (configuration, resources) -> (Defense) () -> List.of(new DropoutTransform(configuration))));
    }
}
