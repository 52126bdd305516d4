package org.obverse.engine.study;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.obverse.engine.study.PlanText.with;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.obverse.api.event.RunFact.Outcome;
import org.obverse.api.plugin.Component;
import org.obverse.api.plugin.Kind;
import org.obverse.api.plugin.Plugin;
import org.obverse.engine.plugin.PluginJar;
import org.obverse.engine.plugin.Registry;

/** What a study of several cells makes and opens: each thing once. */
final class OnceTest {
    private static final String SIX_CELLS = """
            data: { use: dots }
            target: { classifier: { use: linear }, %s }
            evaluation: { judge: { classifier: { use: linear }, %s } }
            generator: { use: plane }
            attack: { use: tiny, stages: { select: { use: first } } }
            metrics: [ { use: judged }, { use: count } ]
            execution: { workers: 2 }
            study: { axes: { attack.stages.optimize.factor: [0.5, 0.25, 0.125], seeds.attack: [1, 2] } }
            """;
    private static final String TRAINED = "training: { epochs: 1, batch: 5 }";
    private static final String OTHER = ", seed: 2";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    private final TinyPlugin tiny = new TinyPlugin();
    private final Map<String, Integer> made = new ConcurrentHashMap<>();

    @Test
    void each_component_is_made_once_per_use() {
        run(new Counted(tiny), SIX_CELLS.formatted(TRAINED, TRAINED + OTHER));

        // A classifier is a target and a judge; whatever draws from the attack's seed is made for either of the two.
        assertEquals(
                Map.of(
                        "dots", 1, "linear", 2, "plane", 1, "random", 2, "shrink", 6, "first", 2, "judged", 1, "count",
                        1),
                made);
    }

    @Test
    void each_weights_file_is_opened_once() throws IOException {
        Files.write(folder.resolve("a"), LinearWeights.of(4, 1));
        Files.write(folder.resolve("b"), LinearWeights.of(4, 2));

        run(tiny, SIX_CELLS.formatted("weights: a", "weights: b"));

        assertEquals(2, tiny.built.get());
    }

    @Test
    void a_network_is_built_to_be_asked_to_be_trained_and_to_be_read_and_not_for_each_cell() {
        run(tiny, with(SIX_CELLS.formatted(TRAINED, TRAINED + OTHER), "workers: 2", "workers: 1"));

        assertEquals(2 * 3, tiny.built.get());
    }

    @Test
    void a_defense_opens_the_weights_of_its_own_jar() throws Exception {
        Path jar = PluginJar.empty()
                .source("""
                        package com.example;
                        import java.util.List;
                        import org.obverse.api.defense.*;
                        import org.obverse.api.plugin.*;
                        public final class Entry implements Plugin {
                            public record Keys() {}
                            public String id() { return "keyed"; }
                            public String version() { return "1"; }
                            public List<Component<?, ?>> components() {
                                return List.of(new Component<Keys, Defense>(
                                        Kind.DEFENSE, "keyed", "", new Keys(), (keys, resources) -> {
                                    var own = resources.weights("builtin:key");
                                    return () -> List.<DefensePart>of((ModelTransform) plain -> {
                                        own.tensor(resources.manager(), "key", new ai.djl.ndarray.types.Shape(1),
                                                org.obverse.api.network.Initial.constant(0));
                                        return plain;
                                    });
                                }));
                            }
                        }
                        """)
                .file("weights/key.safetensors", SCALAR)
                .write(folder.resolve("keyed.jar"));
        try (URLClassLoader own =
                new URLClassLoader(new URL[] {jar.toUri().toURL()}, getClass().getClassLoader())) {
            Plugin keyed = (Plugin)
                    own.loadClass("com.example.Entry").getDeclaredConstructor().newInstance();
            Runner runner = new Runner(Registry.of(List.of(tiny, keyed)), folder);
            String guarded = SIX_CELLS.formatted(TRAINED + ", defense: [ { use: keyed } ]", TRAINED + OTHER);

            assertEquals(Outcome.DONE, runner.run(guarded, "one", "runs").outcome());
        }
    }

    /** A safetensors file of one float, 0; 8 is the character of 56, the length of its header. */
    private static final String SCALAR =
            "8\0\0\0\0\0\0\0{\"key\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}}\0\0\0\0";

    private void run(Plugin plugin, String plan) {
        Runner runner = new Runner(Registry.of(List.of(plugin)), folder);
        assertEquals(Outcome.DONE, runner.run(plan, "one", "runs").outcome());
    }

    /** Counts how often each component of a plugin is made; recipes are read with every plan. */
    private final class Counted implements Plugin {
        private final Plugin plugin;

        Counted(Plugin plugin) {
            this.plugin = plugin;
        }

        @Override
        public String id() {
            return plugin.id();
        }

        @Override
        public String version() {
            return plugin.version();
        }

        @Override
        public List<Component<?, ?>> components() {
            return plugin.components().stream()
                    .<Component<?, ?>>map(component -> component.kind() == Kind.ATTACK ? component : counted(component))
                    .toList();
        }

        private <C extends Record, T> Component<C, T> counted(Component<C, T> component) {
            return new Component<>(
                    component.kind(),
                    component.name(),
                    component.summary(),
                    component.defaults(),
                    component.requirements(),
                    (keys, resources) -> {
                        made.merge(component.name(), 1, Integer::sum);
                        return component.factory().create(keys, resources);
                    });
        }
    }
}
