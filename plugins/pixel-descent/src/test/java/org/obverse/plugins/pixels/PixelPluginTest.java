package org.obverse.plugins.pixels;

import static org.junit.jupiter.api.Assertions.assertEquals;

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
import org.obverse.api.plugin.Requirements;
import org.obverse.api.plugin.Use;
import org.obverse.plugins.identity.IdentityLossesPlugin;
import org.obverse.testkit.Workbench;

class PixelPluginTest {
    private static final Workbench BENCH = Workbench.of(PixelPluginTest.class).with(new IdentityLossesPlugin());

    @AfterAll
    static void close() {
        BENCH.close();
    }

    @Test
    void the_service_loader_finds_the_attack_and_its_stages() {
        Plugin plugin = ServiceLoader.load(Plugin.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(found -> found.id().equals("pixel-descent"))
                .findFirst()
                .orElseThrow();

        assertEquals(
                List.of(
                        "attack pixel-descent",
                        "sampler plain-images",
                        "optimizer pixel-descent",
                        "control pixel-descent"),
                plugin.components().stream()
                        .map(component -> component.kind().name() + " " + component.name())
                        .toList());
    }

    @Test
    void no_stage_needs_a_generator() {
        Requirements start = PixelPlugin.START.requirements().apply(StartSettings.DEFAULT);
        Requirements descent = PixelPlugin.DESCENT.requirements().apply(DescentSettings.DEFAULT);

        assertEquals(Set.of(), start.generator());
        assertEquals(Set.of(), descent.generator());
        assertEquals(Access.LABELS, start.access());
        assertEquals(Access.WHITE_BOX, descent.access());
    }

    @Test
    void the_recipe_hands_start_and_candidates_to_its_sampler() {
        Attack attack = PixelPlugin.PIXELS.factory().create(new StartSettings(Start.NOISE, 3), BENCH);
        var keys = Objects.requireNonNull(attack.stages().get(Stage.SAMPLE)).settings();

        assertEquals(Start.NOISE, keys.get("start"));
        assertEquals(3, keys.get("candidates"));
        assertEquals(
                3,
                PixelPlugin.START
                        .requirements()
                        .apply(new StartSettings(Start.NOISE, 3))
                        .candidates());
    }

    @Test
    void the_defaults_are_free_of_problems() {
        assertEquals(List.of(), StartSettings.DEFAULT.check());
        assertEquals(List.of(), DescentSettings.DEFAULT.check());
    }

    @Test
    void everything_that_is_wrong_is_shown_at_once() {
        assertEquals(List.of("candidates"), paths(new StartSettings(Start.NOISE, 0).check()));
        assertEquals(
                List.of("steps", "learning-rate", "total-variation"),
                paths(new DescentSettings(0, 0, Use.of("logit"), -1).check()));
    }

    @Test
    void several_descents_from_one_grey_image_are_refused() {
        assertEquals(
                List.of(new Problem(
                        "candidates",
                        "2 descents from the same grey image would all find the same",
                        "use 1, or start: noise")),
                new StartSettings(Start.GREY, 2).check());
        assertEquals(List.of(), new StartSettings(Start.GREY, 1).check());
    }

    private static List<String> paths(List<Problem> problems) {
        return problems.stream().map(Problem::path).toList();
    }
}
