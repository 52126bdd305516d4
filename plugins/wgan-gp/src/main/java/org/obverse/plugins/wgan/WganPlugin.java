package org.obverse.plugins.wgan;

import java.util.List;
import org.obverse.api.attack.Preparer;
import org.obverse.api.data.Part;
import org.obverse.api.plugin.Component;
import org.obverse.api.plugin.Kind;
import org.obverse.api.plugin.Plugin;
import org.obverse.api.plugin.Requirements;

/** The preparer {@code wgan-gp}. */
public final class WganPlugin implements Plugin {
    static final Component<WganSettings, Preparer> WGAN = new Component<>(
            Kind.PREPARER,
            WganGp.NAME,
            "A generator and its critic, trained on public images alone with a gradient penalty (Zhang et al., \"The Secret"
                    + " Revealer\", CVPR 2020; Gulrajani et al., NeurIPS 2017).",
            WganSettings.DEFAULT,
            settings -> Requirements.none()
                    .data(Part.PUBLIC, "training.batch", settings.training().batch()),
            WganGp::new);

    @Override
    public String id() {
        return "wgan-gp";
    }

    @Override
    public String version() {
        return "0.1.0";
    }

    @Override
    public List<Component<?, ?>> components() {
        return List.of(WGAN);
    }
}
