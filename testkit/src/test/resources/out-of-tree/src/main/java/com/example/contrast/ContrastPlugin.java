package com.example.contrast;

import java.util.List;
import org.obverse.api.plugin.Component;
import org.obverse.api.plugin.Kind;
import org.obverse.api.plugin.Plugin;

/** One metric. */
public final class ContrastPlugin implements Plugin {
    @Override
    public String id() {
        return "contrast";
    }

    @Override
    public String version() {
        return "1.0.0";
    }

    @Override
    public List<Component<?, ?>> components() {
        return List.of(new Component<>(
                Kind.METRIC,
                "contrast",
                "The standard deviation of a found image's pixels, on average.",
                new ContrastMetric.Settings(ContrastMetric.Deviation.POPULATION),
                (settings, resources) -> new ContrastMetric(settings)));
    }
}
