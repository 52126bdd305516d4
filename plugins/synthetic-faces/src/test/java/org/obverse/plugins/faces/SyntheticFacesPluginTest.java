package org.obverse.plugins.faces;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.util.List;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.obverse.api.data.Dataset;
import org.obverse.api.data.Part;
import org.obverse.api.plugin.Component;
import org.obverse.api.plugin.Kind;
import org.obverse.api.plugin.Plugin;
import org.obverse.api.plugin.Use;
import org.obverse.testkit.Workbench;

class SyntheticFacesPluginTest {
    @Test
    void the_service_loader_finds_the_data_set() {
        List<Plugin> plugins = ServiceLoader.load(Plugin.class).stream()
                .map(ServiceLoader.Provider::get)
                .toList();

        Plugin plugin = assertInstanceOf(SyntheticFacesPlugin.class, plugins.get(0));
        Component<?, ?> component = plugin.components().get(0);
        assertEquals("synthetic-faces", plugin.id());
        assertEquals("synthetic-faces", component.name());
        assertEquals(Kind.DATASET, component.kind());
        assertEquals(SyntheticFacesConfiguration.class, component.configurationType());
    }

    @Test
    void the_component_draws_from_the_stream_that_it_is_lent() {
        try (Workbench bench = Workbench.of(SyntheticFacesPluginTest.class)
                .with(new SyntheticFacesPlugin().components().get(0))) {
            Dataset made = bench.create(Kind.DATASET, Use.of("synthetic-faces"));
            Dataset expected = new SyntheticFaces(SyntheticFacesConfiguration.DEFAULT, bench.random());

            assertEquals(50, made.classes());
            assertArrayEquals(
                    expected.images(Part.TRAINING).read(bench.manager(), 0, 399).toFloatArray(),
                    made.images(Part.TRAINING).read(bench.manager(), 0, 399).toFloatArray());
        }
    }
}
