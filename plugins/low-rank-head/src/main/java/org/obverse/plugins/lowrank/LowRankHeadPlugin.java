package org.obverse.plugins.lowrank;

import java.util.List;
import org.obverse.api.defense.Defense;
import org.obverse.api.plugin.Component;
import org.obverse.api.plugin.Kind;
import org.obverse.api.plugin.Plugin;

/** The table of contents of this jar. */
public final class LowRankHeadPlugin implements Plugin {
    @Override
    public String id() {
        return LowRankHead.NAME;
    }

    @Override
    public String version() {
        return "0.1.0";
    }

    @Override
    public List<Component<?, ?>> components() {
        return List.of(new Component<>(
                Kind.DEFENSE,
                LowRankHead.NAME,
                "Lets few numbers pass between features and logits, through a tanh or not (after arXiv 2410.05814, whose exact"
                        + " form is not public: no reproduction).",
                LowRankHead.DEFAULT,
                (configuration, resources) ->
                        (Defense) () -> List.of(new FactorsTransform(configuration, resources.operators()))));
    }
}
