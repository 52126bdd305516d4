package org.obverse.plugins.ifgmi;

import org.obverse.api.generator.GeneratorArchitecture;
import org.obverse.api.generator.Staged;
import org.obverse.api.plugin.Component;
import org.obverse.plugins.stylegan2.StyleGan2Plugin;
import org.obverse.testkit.Workbench;

/** The shipped generator of the plugin {@code stylegan2}: 32 pixels, four blocks. */
final class Faces {
    private Faces() {}

    static Staged at(Workbench bench) {
        Object architecture = made(new StyleGan2Plugin().components().get(0), bench);
        return (Staged) ((GeneratorArchitecture) architecture)
                .build(bench.parameters(bench.weights("builtin:synthetic-faces-32")));
    }

    private static <C extends Record, T> T made(Component<C, T> component, Workbench bench) {
        return component.factory().create(component.defaults(), bench);
    }
}
