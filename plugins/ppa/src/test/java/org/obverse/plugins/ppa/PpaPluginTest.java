package org.obverse.plugins.ppa;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.ServiceLoader;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.obverse.api.attack.Attack;
import org.obverse.api.attack.Stage;
import org.obverse.api.generator.Criticized;
import org.obverse.api.generator.Mapped;
import org.obverse.api.oracle.Access;
import org.obverse.api.plugin.Component;
import org.obverse.api.plugin.Plugin;
import org.obverse.api.plugin.Requirements;
import org.obverse.api.plugin.Requirements.Granularity;
import org.obverse.api.plugin.Use;
import org.obverse.engine.configuration.Binder;
import org.obverse.engine.configuration.Node;
import org.obverse.plugins.identity.IdentityLossesPlugin;
import org.obverse.testkit.Workbench;

class PpaPluginTest {
    private static final Workbench BENCH = Workbench.of(PpaPluginTest.class).with(new IdentityLossesPlugin());

    @AfterAll
    static void close() {
        BENCH.close();
    }

    @Test
    void the_service_loader_finds_the_attack_and_its_stages() {
        Plugin plugin = ServiceLoader.load(Plugin.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(found -> found.id().equals("ppa"))
                .findFirst()
                .orElseThrow();

        assertEquals(
                List.of(
                        "attack ppa",
                        "sampler ranked-pool",
                        "sampler stored-points",
                        "optimizer latent-adam",
                        "selector robust-confidence",
                        "metric gradient-similarity",
                        "attack reference-ppa",
                        "sampler reference-pool",
                        "optimizer reference-latent-adam",
                        "selector reference-robust-confidence"),
                plugin.components().stream()
                        .map(component -> component.kind().name() + " " + component.name())
                        .toList());
    }

    @Test
    void the_recipe_hands_its_settings_to_all_three_stages() {
        Attack attack = recipe(PpaPlugin.PPA, "{candidates: 5, results: 3, center-crop: 28, resize: 30}");

        PoolSettings pool = bind(PpaPlugin.POOL, attack, Stage.SAMPLE);
        DescentSettings descent = bind(PpaPlugin.ADAM, attack, Stage.OPTIMIZE);
        SelectionSettings selection = bind(PpaPlugin.CONFIDENCE, attack, Stage.SELECT);
        assertEquals(List.of(5, 28, 30), List.of(pool.candidates(), pool.centerCrop(), pool.resize()));
        assertEquals(List.of(28, 30), List.of(descent.centerCrop(), descent.resize()));
        assertEquals(
                List.of(3, 28, 30, 0),
                List.of(selection.results(), selection.centerCrop(), selection.resize(), selection.viewSize()));
    }

    @Test
    void the_reference_recipe_hands_on_seed_and_settings_and_keeps_the_published_size_of_views() {
        Attack attack = recipe(
                ReferenceComponents.PPA,
                "{seed: 4294967295, method: {candidates: 5, results: 3, center-crop: 28, resize: 30}}");

        ReferencePoolSettings pool = bind(ReferenceComponents.POOL, attack, Stage.SAMPLE);
        ReferenceDescentSettings descent = bind(ReferenceComponents.ADAM, attack, Stage.OPTIMIZE);
        ReferenceSelectionSettings selection = bind(ReferenceComponents.CONFIDENCE, attack, Stage.SELECT);
        assertEquals(Collections.nCopies(3, 4294967295L), List.of(pool.seed(), descent.seed(), selection.seed()));
        assertEquals(5, pool.method().candidates());
        assertEquals(
                List.of(28, 30),
                List.of(descent.method().centerCrop(), descent.method().resize()));
        assertEquals(
                List.of(3, 224),
                List.of(selection.method().results(), selection.method().viewSize()));
    }

    @Test
    void without_results_there_is_no_selection() {
        assertEquals(
                Set.of(Stage.SAMPLE, Stage.OPTIMIZE),
                recipe(PpaPlugin.PPA, "{results: 0}").stages().keySet());
    }

    @Test
    void the_reference_needs_what_the_method_needs() {
        assertEquals(needs(PpaPlugin.POOL, "{}"), needs(ReferenceComponents.POOL, "{}"));
        assertEquals(
                Set.of(Mapped.class, Criticized.class),
                needs(ReferenceComponents.ADAM, "{method: {discriminator-weight: 0.3}}")
                        .generator());
        assertEquals(Access.WHITE_BOX, needs(ReferenceComponents.ADAM, "{}").access());
        assertEquals(Access.SCORES, needs(ReferenceComponents.CONFIDENCE, "{}").access());
    }

    @Test
    void stages_declare_the_access_that_they_need() {
        assertEquals(Access.SCORES, needs(PpaPlugin.POOL, "{}").access());
        assertEquals(Access.NONE, needs(PpaPlugin.STORED_POINTS, "{}").access());
        assertEquals(Access.WHITE_BOX, needs(PpaPlugin.ADAM, "{}").access());
        assertEquals(Access.SCORES, needs(PpaPlugin.CONFIDENCE, "{}").access());
        assertEquals(Set.of(Mapped.class), needs(PpaPlugin.ADAM, "{}").generator());
        assertEquals(5, needs(PpaPlugin.POOL, "{candidates: 5}").candidates());
        assertEquals(5, needs(PpaPlugin.STORED_POINTS, "{candidates: 5}").candidates());
    }

    @Test
    void only_samplers_need_all_classes_at_once_by_default() {
        assertEquals(Granularity.ALL_CLASSES, needs(PpaPlugin.POOL, "{}").granularity());
        assertEquals(
                Granularity.ALL_CLASSES, needs(PpaPlugin.STORED_POINTS, "{}").granularity());
        assertEquals(Granularity.BATCH_OF_CLASSES, needs(PpaPlugin.ADAM, "{}").granularity());
        assertEquals(
                Granularity.BATCH_OF_CLASSES, needs(PpaPlugin.CONFIDENCE, "{}").granularity());
        assertTrue(needs(PpaPlugin.ADAM, "{}").coupling().isEmpty());
        assertTrue(needs(PpaPlugin.CONFIDENCE, "{}").coupling().isEmpty());
    }

    @Test
    void what_couples_the_samples_of_a_batch_is_declared() {
        for (Requirements needs : List.of(
                needs(PpaPlugin.ADAM, "{discriminator-weight: 0.3}"),
                needs(ReferenceComponents.ADAM, "{}"),
                needs(ReferenceComponents.ADAM, "{method: {random-crop: {min-area: 1}}}"),
                needs(ReferenceComponents.CONFIDENCE, "{}"))) {
            assertFalse(needs.coupling().isEmpty());
            assertEquals(Granularity.ALL_CLASSES, needs.granularity());
        }
        assertEquals(
                Set.of(Mapped.class, Criticized.class),
                needs(PpaPlugin.ADAM, "{discriminator-weight: 0.3}").generator());
    }

    private static <C extends Record> Attack recipe(Component<C, Attack> component, String keys) {
        return component.factory().create(Bench.settings(component.defaults(), keys), BENCH);
    }

    private static <C extends Record> C bind(Component<C, ?> component, Attack attack, Stage stage) {
        Use use = Objects.requireNonNull(attack.stages().get(stage));
        assertEquals(component.name(), use.name());
        Binder binder = new Binder();
        Node.Mapping keys = ((Node.Mapping) Node.of(use)).without(Set.of(Binder.USE));
        C settings = binder.bind(component.defaults(), keys, "");
        assertEquals(List.of(), binder.problems());
        return settings;
    }

    private static <C extends Record> Requirements needs(Component<C, ?> component, String keys) {
        return component.requirements().apply(Bench.settings(component.defaults(), keys));
    }
}
