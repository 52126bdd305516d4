package org.obverse.plugins.trapmid;

import java.util.List;
import org.obverse.api.data.Part;
import org.obverse.api.plugin.Component;
import org.obverse.api.plugin.Kind;
import org.obverse.api.plugin.Plugin;
import org.obverse.api.plugin.Requirements;
import org.obverse.api.plugin.Requirements.Reading;
import org.obverse.api.plugin.Requirements.Trait;

/** The table of contents of this jar. */
public final class TrapMidPlugin implements Plugin {
    @Override
    public String id() {
        return TrapMid.NAME;
    }

    @Override
    public String version() {
        return "0.1.0";
    }

    @Override
    public List<Component<?, ?>> components() {
        return List.of(
                new Component<>(
                        Kind.DEFENSE,
                        TrapMid.NAME,
                        "Teaches the target a faint trigger for every class, which attacks find in place of the people"
                                + " (Liu and Chen 2024, arXiv 2411.08460).",
                        TrapMid.DEFAULT,
                        configuration -> idle(configuration.trapWeight() == 0),
                        (configuration, resources) -> configuration.defense(resources.gradients())),
                new Component<>(
                        Kind.METRIC,
                        TrapAccuracyMetric.NAME,
                        "How often the attacked model takes private test images with a trigger of " + TrapMid.NAME
                                + " for the trigger's class; it must be near 1 for the defense to work.",
                        new TrapAccuracyMetric.Configuration(),
                        configuration -> Requirements.none().data(Part.TEST),
                        (configuration, resources) -> new TrapAccuracyMetric()),
                new Component<>(
                        Kind.METRIC,
                        TrapRecoveryMetric.NAME,
                        "Whether the mean reconstruction of a class resembles the trigger that " + TrapMid.NAME
                                + " laid for it.",
                        new TrapRecoveryMetric.Configuration(),
                        configuration -> Requirements.none().reads(Reading.TARGET),
                        (configuration, resources) -> new TrapRecoveryMetric()));
    }

    private static Requirements idle(boolean isIdle) {
        return isIdle ? Requirements.none().trait(Trait.IDLE) : Requirements.none();
    }
}
