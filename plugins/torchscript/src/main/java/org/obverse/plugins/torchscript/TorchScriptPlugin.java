package org.obverse.plugins.torchscript;

import java.util.List;
import org.obverse.api.plugin.Component;
import org.obverse.api.plugin.Kind;
import org.obverse.api.plugin.Plugin;

/** Offers the classifier {@code torchscript}. */
public final class TorchScriptPlugin implements Plugin {
    @Override
    public String id() {
        return "torchscript";
    }

    @Override
    public String version() {
        return "0.1.0";
    }

    @Override
    public List<Component<?, ?>> components() {
        return List.of(new Component<>(
                Kind.CLASSIFIER,
                "torchscript",
                "A classifier of your own, saved by torch.jit: finished, and opaque but for its logits.",
                TorchScriptConfiguration.DEFAULT,
                TorchScriptConfiguration::architecture));
    }
}
