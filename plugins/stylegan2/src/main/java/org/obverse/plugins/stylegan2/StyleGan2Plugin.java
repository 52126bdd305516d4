package org.obverse.plugins.stylegan2;

import java.util.List;
import org.obverse.api.plugin.Component;
import org.obverse.api.plugin.Kind;
import org.obverse.api.plugin.Plugin;

/** Contributes the generator {@code stylegan2}. */
public final class StyleGan2Plugin implements Plugin {
    @Override
    public String id() {
        return "stylegan2";
    }

    @Override
    public String version() {
        return "0.1.0";
    }

    @Override
    public List<Component<?, ?>> components() {
        return List.of(new Component<>(
                Kind.GENERATOR,
                "stylegan2",
                "StyleGAN2 (Karras et al. 2020) under the official parameter names, 4 to 1024 pixels, with the training"
                        + " that made the shipped faces",
                StyleGan2.DEFAULT,
                StyleGan2Architecture::new));
    }
}
