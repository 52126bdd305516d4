package org.obverse.plugins.example;

import java.util.List;
import org.obverse.api.generator.Generator;
import org.obverse.api.plugin.Component;
import org.obverse.api.plugin.Kind;
import org.obverse.api.plugin.Plugin;
import org.obverse.api.plugin.Requirements;

/** The table of contents of this jar. */
public final class ExamplePlugin implements Plugin {
    @Override
    public String id() {
        return "example";
    }

    @Override
    public String version() {
        return "0.1.0";
    }

    @Override
    public List<Component<?, ?>> components() {
        return List.of(new Component<>(
                Kind.SAMPLER,
                "prior",
                "Starts at draws from the generator's prior and never asks the target: what a ranked choice must beat.",
                new PriorSampler.Settings(200, 1),
                settings -> Requirements.none().generator(Generator.class).candidates(settings.candidates()),
                (settings, resources) -> new PriorSampler(settings)));
    }
}
