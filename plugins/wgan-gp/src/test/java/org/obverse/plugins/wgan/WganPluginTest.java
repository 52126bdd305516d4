package org.obverse.plugins.wgan;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.ServiceLoader;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.obverse.api.attack.Preflight;
import org.obverse.api.data.Part;
import org.obverse.api.oracle.Access;
import org.obverse.api.plugin.Plugin;
import org.obverse.api.plugin.Problem;
import org.obverse.api.plugin.Requirements;
import org.obverse.gans.AdversarialRecipe;
import org.obverse.testkit.Workbench;
import org.obverse.testkit.small.RowGenerator;

class WganPluginTest {
    private static final Workbench BENCH = Workbench.of(WganPluginTest.class);

    @AfterAll
    static void close() {
        BENCH.close();
    }

    @Test
    void the_service_loader_finds_the_preparer() {
        Plugin plugin = ServiceLoader.load(Plugin.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(found -> found.id().equals("wgan-gp"))
                .findFirst()
                .orElseThrow();

        assertEquals(
                List.of("preparer wgan-gp"),
                plugin.components().stream()
                        .map(component -> component.kind().name() + " " + component.name())
                        .toList());
    }

    @Test
    void it_reads_public_images_and_never_asks_the_target() {
        Requirements needs = WganPlugin.WGAN.requirements().apply(WganSettings.DEFAULT);

        assertEquals(Access.NONE, needs.access());
        assertEquals(Set.of(Part.PUBLIC), needs.data());
        assertEquals(Set.of(), needs.generator());
    }

    @Test
    void everything_that_is_wrong_is_shown_at_once() {
        assertEquals(List.of(), WganSettings.DEFAULT.check());
        assertEquals(
                List.of("latent-size", "width", "penalty", "training.epochs"),
                paths(new WganSettings(0, 0, -1, AdversarialRecipe.published(0)).check()));
    }

    @Test
    void images_that_the_networks_cannot_make_are_refused_before_anything_is_trained() {
        Preflight preparer = new WganGp(WganSettings.DEFAULT, BENCH);

        assertEquals(
                List.of(""),
                paths(preparer.check(new Preflight.Setting(new RowGenerator(2), new Shape(3, 44, 44), List.of(0), 1))));
        assertEquals(
                List.of(),
                preparer.check(new Preflight.Setting(new RowGenerator(2), new Shape(1, 28, 28), List.of(0), 1)));
    }

    private static List<String> paths(List<Problem> problems) {
        return problems.stream().map(Problem::path).toList();
    }
}
