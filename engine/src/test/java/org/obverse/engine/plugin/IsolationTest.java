package org.obverse.engine.plugin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ai.djl.ndarray.NDArray;
import com.google.inject.Guice;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.obverse.api.plugin.Kind;
import org.obverse.api.plugin.Plugin;
import org.obverse.engine.plugin.PluginFolder.Trust;

/** What a plugin sees: itself, the JDK, and a short list of packages that it shares with the engine. */
final class IsolationTest {
    @TempDir
    private Path folder = Path.of("");

    private ClassLoader loader(String id) {
        return Registry.with(List.of(PluginFolder.of(folder, Trust.ANY)))
                .require(Kind.ATTACK, id + "-attack")
                .plugin()
                .classes();
    }

    private void library(String plugin, String version) {
        Path library = PluginJar.empty()
                .source("package org.library; public final class Library { public static String version() { return \""
                        + version + "\"; } }")
                .write(folder.resolve(plugin + "/library.jar"));
        PluginJar.of(plugin)
                .source("package com.example; public final class User { public static String uses() { return"
                        + " org.library.Library.version(); } }")
                .file("weights/mine.safetensors", plugin)
                .write(folder.resolve(plugin + "/plugin.jar"), library);
    }

    private static Object uses(ClassLoader plugin) throws ReflectiveOperationException {
        return plugin.loadClass("com.example.User").getMethod("uses").invoke(null);
    }

    @Test
    void two_plugins_bring_different_versions_of_one_library() throws ReflectiveOperationException {
        library("one", "1.0");
        library("two", "2.0");
        ClassLoader one = loader("one");
        ClassLoader two = loader("two");

        assertEquals("1.0", uses(one));
        assertEquals("2.0", uses(two));
        assertNotSame(one.loadClass("org.library.Library"), two.loadClass("org.library.Library"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "org.obverse.engine.plugin.Registry",
                "com.google.inject.Guice",
                "com.google.common.eventbus.EventBus",
                "ai.djl.pytorch.engine.PtEngine",
                "tools.jackson.databind.ObjectMapper",
                "org.junit.jupiter.api.Test",
                "org.library.Library"
            })
    void a_plugin_sees_neither_the_engine_nor_what_the_engine_uses_nor_another_plugin(String name) {
        library("two", "2.0");
        PluginJar.of("one").write(folder.resolve("one.jar"));

        assertThrows(ClassNotFoundException.class, () -> loader("one").loadClass(name));
        assertNull(loader("one").getResource(name.replace('.', '/') + ".class"));
    }

    @Test
    void shared_packages_are_the_engines_own() throws ClassNotFoundException, IOException {
        PluginJar.of("one").write(folder.resolve("one.jar"));
        ClassLoader one = loader("one");

        assertSame(Plugin.class, one.loadClass(Plugin.class.getName()));
        assertSame(NDArray.class, one.loadClass(NDArray.class.getName()));
        assertNotNull(one.getResource("ai/djl/ndarray/NDArray.class"));
        assertEquals(
                1,
                Collections.list(one.getResources("org/obverse/api/plugin/Plugin.class"))
                        .size());
        assertNotNull(Guice.class.getClassLoader().getResource("com/google/inject/Guice.class"));
    }

    @Test
    void resources_are_its_own() throws IOException {
        library("one", "1.0");
        library("two", "2.0");

        try (InputStream weights = loader("two").getResourceAsStream("weights/mine.safetensors")) {
            assertNotNull(weights);
            assertEquals("two", new String(weights.readAllBytes(), StandardCharsets.UTF_8));
        }
        assertNull(loader("two").getResource("org/obverse/engine/plan/FixturePlugin.class"));
        assertEquals(
                1, Collections.list(loader("two").getResources(Bundle.SERVICE)).size());
    }

    @Test
    void stack_traces_name_the_plugin() throws ClassNotFoundException {
        PluginJar.of("one").write(folder.resolve("one.jar"));

        assertEquals(
                "one",
                loader("one").loadClass("com.example.Entry").getClassLoader().getName());
    }
}
