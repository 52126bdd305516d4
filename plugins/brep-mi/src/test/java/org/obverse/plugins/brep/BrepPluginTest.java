package org.obverse.plugins.brep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Objects;
import java.util.ServiceLoader;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.obverse.api.attack.Attack;
import org.obverse.api.attack.Stage;
import org.obverse.api.oracle.Access;
import org.obverse.api.plugin.Plugin;
import org.obverse.api.plugin.Problem;
import org.obverse.gans.Prior;
import org.obverse.testkit.Workbench;

class BrepPluginTest {
    private static final Workbench BENCH = Workbench.of(BrepPluginTest.class);

    @AfterAll
    static void close() {
        BENCH.close();
    }

    @Test
    void the_service_loader_finds_the_attack_and_its_stages() {
        Plugin plugin = ServiceLoader.load(Plugin.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(found -> found.id().equals("brep-mi"))
                .findFirst()
                .orElseThrow();

        assertEquals(
                List.of("attack brep-mi", "sampler label-rejection", "optimizer sphere-search"),
                plugin.components().stream()
                        .map(component -> component.kind().name() + " " + component.name())
                        .toList());
    }

    @Test
    void no_stage_needs_more_than_labels() {
        assertEquals(
                Access.LABELS,
                BrepPlugin.REJECTION
                        .requirements()
                        .apply(RejectionSettings.DEFAULT)
                        .access());
        assertEquals(
                Access.LABELS,
                BrepPlugin.SPHERES.requirements().apply(SphereSettings.DEFAULT).access());
    }

    @Test
    void the_recipe_trains_a_generator_unless_the_plans_is_searched() {
        assertTrue(recipe(BrepSettings.DEFAULT).stages().containsKey(Stage.PREPARE));
        assertEquals(
                Set.of(Stage.SAMPLE, Stage.OPTIMIZE),
                recipe(new BrepSettings(Prior.PLANNED, 1, 1.5)).stages().keySet());
    }

    @Test
    void the_recipe_hands_candidates_and_range_to_its_stages() {
        Attack attack = recipe(new BrepSettings(Prior.PLANNED, 4, 1.2));

        assertEquals(1.2, setting(attack, Stage.SAMPLE, "range"));
        assertEquals(1.2, setting(attack, Stage.OPTIMIZE, "range"));
        assertEquals(4, setting(attack, Stage.SAMPLE, "candidates"));
        assertEquals(
                4,
                BrepPlugin.REJECTION
                        .requirements()
                        .apply(new RejectionSettings(4, 10, 1.2))
                        .candidates());
    }

    @Test
    void the_defaults_are_free_of_problems() {
        assertEquals(List.of(), BrepSettings.DEFAULT.check());
        assertEquals(List.of(), RejectionSettings.DEFAULT.check());
        assertEquals(List.of(), SphereSettings.DEFAULT.check());
    }

    @Test
    void everything_that_is_wrong_is_shown_at_once() {
        assertEquals(List.of("candidates", "range"), paths(new BrepSettings(Prior.PLANNED, 0, 0).check()));
        assertEquals(List.of("draws", "range"), paths(new RejectionSettings(3, 2, -1).check()));
        assertEquals(
                List.of(
                        "radius",
                        "points",
                        "growth-share",
                        "growth",
                        "step",
                        "longest-step",
                        "range",
                        "iterations-per-radius",
                        "iterations"),
                paths(new SphereSettings(0, 0, Estimate.BOTH, 1, 1, 0, 0, 0, 0, Patience.ALL, 0, Outcome.FINAL)
                        .check()));
    }

    private static Attack recipe(BrepSettings settings) {
        return BrepPlugin.BREP.factory().create(settings, BENCH);
    }

    private static Object setting(Attack attack, Stage stage, String key) {
        return Objects.requireNonNull(
                Objects.requireNonNull(attack.stages().get(stage)).settings().get(key));
    }

    private static List<String> paths(List<Problem> problems) {
        return problems.stream().map(Problem::path).toList();
    }
}
