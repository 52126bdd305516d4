package org.obverse.plugins.smoothing;

import java.util.List;
import org.obverse.api.defense.Defense;
import org.obverse.api.plugin.Component;
import org.obverse.api.plugin.Kind;
import org.obverse.api.plugin.Plugin;
import org.obverse.api.plugin.Requirements;
import org.obverse.api.plugin.Requirements.Trait;

/** The table of contents of this jar. */
public final class LabelSmoothingPlugin implements Plugin {
    @Override
    public String id() {
        return "label-smoothing";
    }

    @Override
    public String version() {
        return "0.1.0";
    }

    @Override
    public List<Component<?, ?>> components() {
        return List.of(new Component<>(
                Kind.DEFENSE,
                "label-smoothing",
                "Trains on labels mixed with the uniform distribution: a positive factor leaks more, a negative one"
                        + " less (Struppek et al. 2024, arXiv 2310.06549, equation 2).",
                LabelSmoothing.DEFAULT,
                LabelSmoothingPlugin::requirements,
                (configuration, resources) -> defense(configuration)));
    }

    private static Requirements requirements(LabelSmoothing configuration) {
        return configuration.alpha() == 0 ? Requirements.none().trait(Trait.IDLE) : Requirements.none();
    }

    private static Defense defense(LabelSmoothing configuration) {
        return () -> List.of(new SmoothedLabels(SmoothingSchedule.of(configuration)));
    }
}
