package org.obverse.engine.plugin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.obverse.api.plugin.Component;
import org.obverse.api.plugin.InvalidConfigurationException;
import org.obverse.api.plugin.Kind;
import org.obverse.api.plugin.Plugin;

class RegistryTest {
    @TempDir
    private Path folder;

    private static String refused(Plugin... plugins) {
        return String.valueOf(assertThrows(PluginFailedException.class, () -> Registry.of(List.of(plugins)))
                .getMessage());
    }

    private static Plugin with(Component<?, ?> component) {
        return new FaultyPlugins.Listing("faulty", List.of(component));
    }

    private Path declare(String name, String provider) throws IOException {
        Path root = folder.resolve(name);
        Path file = root.resolve("META-INF/services/org.obverse.api.plugin.Plugin");
        Files.createDirectories(file.getParent());
        Files.writeString(file, "# found here\n" + provider + "\n");
        return root;
    }

    private static Registry load(Path... roots) throws IOException {
        URL[] urls = new URL[roots.length];
        for (int i = 0; i < roots.length; i++) {
            urls[i] = roots[i].toUri().toURL();
        }
        try (URLClassLoader loader = new URLClassLoader(urls, Registry.class.getClassLoader())) {
            return Registry.of(loader);
        }
    }

    @Test
    void plugins_on_the_class_path_are_found() {
        LoadedPlugin plugin = Registry.ofClassPath().plugins().stream()
                .filter(loaded -> loaded.id().equals("fixture"))
                .findFirst()
                .orElseThrow();
        assertEquals("1.0.0", plugin.version());
        assertEquals(Path.of("test-classes"), plugin.source().getFileName());
    }

    @Test
    void components_are_found_by_kind_and_name() {
        Registry registry = Registry.of(List.of(FaultyPlugins.fine("b", "two"), FaultyPlugins.fine("a", "one")));
        assertEquals(
                List.of("one", "two"),
                registry.all(Kind.ATTACK).stream()
                        .map(found -> found.component().name())
                        .toList());
        assertEquals("b", registry.require(Kind.ATTACK, "two").plugin().id());
        assertEquals(Optional.empty(), registry.find(Kind.METRIC, "two"));
        assertEquals(
                List.of("a", "b"),
                registry.plugins().stream().map(LoadedPlugin::id).toList());
    }

    @Test
    void a_missing_component_says_what_is_missing_what_exists_and_what_to_add() {
        Registry registry = Registry.of(List.of(FaultyPlugins.fine("a", "climb"), FaultyPlugins.fine("b", "walk")));
        InvalidConfigurationException refusal =
                assertThrows(InvalidConfigurationException.class, () -> registry.require(Kind.ATTACK, "clim"));
        assertEquals(
                "use: there is no attack 'clim'; did you mean 'climb'? components of this kind: climb, walk;"
                        + " another one comes with its plugin's jar, in a folder that --plugins names",
                refusal.problems().get(0).toString());
    }

    @Test
    void two_plugins_with_one_id_are_refused_with_both_sources() {
        String message = refused(FaultyPlugins.fine("same", "one"), FaultyPlugins.fine("same", "two"));
        assertTrue(message.startsWith("the plugin id 'same' is contributed twice, by plugin 'same' and plugin 'same'"));
        assertTrue(message.matches("(?s).*\\[.*test-classes and .*test-classes\\]"), message);
    }

    @Test
    void two_components_with_one_name_are_refused_with_both_sources() {
        String message = refused(FaultyPlugins.fine("one", "climb"), FaultyPlugins.fine("two", "climb"));
        assertTrue(message.startsWith("the attack 'climb' is contributed twice, by plugin 'one' and plugin 'two'"));
        assertTrue(message.matches("(?s).*\\[.*test-classes and .*test-classes\\]"), message);
    }

    @Test
    void one_plugin_class_in_two_places_is_refused_with_both() throws IOException {
        String provider = FaultyPlugins.ThrowsInComponents.class.getName();
        Path one = declare("one", provider);
        Path two = declare("two", provider);
        String message = String.valueOf(
                assertThrows(PluginFailedException.class, () -> load(one, two)).getMessage());
        assertTrue(message.contains("is on the class path twice"), message);
        assertTrue(message.contains(one + " and " + two), message);
    }

    @Test
    void whatever_a_constructor_throws_is_wrapped_once_with_its_source() throws IOException {
        Path root = declare("faulty", FaultyPlugins.ThrowsInConstructor.class.getName());
        PluginFailedException failure = assertThrows(PluginFailedException.class, () -> load(root));
        assertInstanceOf(NoClassDefFoundError.class, failure.getCause());
        assertTrue(failure.source().endsWith("test-classes"), failure.source());
        assertTrue(String.valueOf(failure.getMessage()).contains("ThrowsInConstructor"));
    }

    @Test
    void whatever_a_listing_throws_is_wrapped_once_with_its_source() throws IOException {
        Path root = declare("faulty", FaultyPlugins.ThrowsInComponents.class.getName());
        PluginFailedException failure = assertThrows(PluginFailedException.class, () -> load(root));
        assertInstanceOf(StackOverflowError.class, failure.getCause());
        assertTrue(String.valueOf(failure.getMessage()).contains("ThrowsInComponents.components()"));
    }

    @Test
    void a_provider_that_does_not_exist_is_refused() throws IOException {
        Path root = declare("faulty", "com.example.Nobody");
        PluginFailedException failure = assertThrows(PluginFailedException.class, () -> load(root));
        assertTrue(String.valueOf(failure.getMessage()).contains("com.example.Nobody"));
        assertTrue(failure.source().contains(root.toString()));
    }

    @Test
    void names_are_lower_case_words_joined_by_hyphens() {
        assertTrue(refused(FaultyPlugins.fine("My_Plugin", "climb")).contains("'My_Plugin' must be lower-case words"));
        assertTrue(refused(FaultyPlugins.fine("mine", "Climb")).contains("attack 'Climb' of plugin 'mine' must be"));
    }

    @Test
    void a_plugin_lists_at_least_one_component() {
        assertTrue(refused(new FaultyPlugins.Listing("empty", List.of())).contains("contributes no component"));
    }

    @Test
    void configuration_keys_must_be_writable_and_their_own() {
        assertTrue(refused(with(FaultyPlugins.attack("a", new FaultyPlugins.ArrayKey(new double[0]))))
                .contains("no plan can write: values: double[]"));
        assertTrue(refused(with(FaultyPlugins.attack("a", new FaultyPlugins.UseKey(1))))
                .contains("a configuration key 'use', which plans use for something else; rename it"));
        assertTrue(refused(with(FaultyPlugins.attack("a", new FaultyPlugins.StagesKey(1))))
                .contains("a configuration key 'stages'"));
        assertTrue(refused(with(FaultyPlugins.attack("a", new FaultyPlugins.TargetKey(1))))
                .contains("a configuration key 'target'"));
    }
}
