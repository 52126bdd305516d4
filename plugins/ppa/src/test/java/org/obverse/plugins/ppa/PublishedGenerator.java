package org.obverse.plugins.ppa;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Set;
import java.util.stream.Collectors;
import org.obverse.api.generator.GeneratorArchitecture;
import org.obverse.api.generator.Mapped;
import org.obverse.api.network.Initial;
import org.obverse.api.network.ParameterSource;
import org.obverse.api.network.Parameters;
import org.obverse.api.plugin.Component;
import org.obverse.plugins.stylegan2.StyleGan2Plugin;
import org.obverse.testkit.Workbench;

/** The generator and discriminator of stylegan2-64.safetensors, built by the plugin {@code stylegan2}. */
final class PublishedGenerator {
    private static final String KEYS = "{resolution: 64, latent-size: 40, style-size: 32, mapping-layers: 2,"
            + " channel-base: 768, channel-max: 24, conv-clamp: 1, discriminator: included, group-size: 4}";

    private PublishedGenerator() {}

    static Mapped at(Workbench bench) {
        Component<?, ?> component = new StyleGan2Plugin().components().get(0);
        Parameters parameters = bench.parameters(
                new OfficialNames(bench.fixture("stylegan2-64.safetensors").weights("")));
        return (Mapped) architecture(component, bench).build(parameters);
    }

    private static <C extends Record, T> GeneratorArchitecture architecture(
            Component<C, T> component, Workbench bench) {
        T made = component.factory().create(Bench.settings(component.defaults(), KEYS), bench);
        return (GeneratorArchitecture) made;
    }

    /** The fixture puts "G." before the generator's names, the plugin nothing. */
    private record OfficialNames(ParameterSource fixture) implements ParameterSource {
        private static final String GENERATOR = "G.";
        private static final String DISCRIMINATOR = "D.";

        @Override
        public NDArray tensor(NDManager manager, String name, Shape shape, Initial initial) {
            return fixture.tensor(manager, name.startsWith(DISCRIMINATOR) ? name : GENERATOR + name, shape, initial);
        }

        @Override
        public Set<String> names() {
            return fixture.names().stream()
                    .map(name -> name.startsWith(GENERATOR) ? name.substring(GENERATOR.length()) : name)
                    .collect(Collectors.toSet());
        }
    }
}
