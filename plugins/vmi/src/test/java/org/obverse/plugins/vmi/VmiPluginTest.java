package org.obverse.plugins.vmi;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Objects;
import java.util.ServiceLoader;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.obverse.api.attack.Attack;
import org.obverse.api.attack.Stage;
import org.obverse.api.generator.Generator;
import org.obverse.api.generator.Mapped;
import org.obverse.api.oracle.Access;
import org.obverse.api.plugin.Plugin;
import org.obverse.api.plugin.Problem;
import org.obverse.api.plugin.Use;
import org.obverse.plugins.identity.IdentityLossesPlugin;
import org.obverse.testkit.Workbench;

class VmiPluginTest {
    private static final Workbench BENCH = Workbench.of(VmiPluginTest.class).with(new IdentityLossesPlugin());

    @AfterAll
    static void close() {
        BENCH.close();
    }

    @Test
    void the_service_loader_finds_the_attack_and_its_stages() {
        Plugin plugin = ServiceLoader.load(Plugin.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(found -> found.id().equals("vmi"))
                .findFirst()
                .orElseThrow();

        assertEquals(
                List.of("attack vmi", "sampler prior-flows", "optimizer variational-adam", "selector posterior-draws"),
                plugin.components().stream()
                        .map(component -> component.kind().name() + " " + component.name())
                        .toList());
    }

    @Test
    void stages_declare_what_they_need() {
        assertEquals(
                Set.of(Mapped.class),
                VmiPlugin.START.requirements().apply(FlowSettings.DEFAULT).generator());
        assertEquals(
                Set.of(Generator.class),
                VmiPlugin.START
                        .requirements()
                        .apply(new FlowSettings(2, 0, 1, 0))
                        .generator());
        assertEquals(
                2,
                VmiPlugin.START
                        .requirements()
                        .apply(new FlowSettings(2, 0, 1, 0))
                        .candidates());
        assertEquals(
                Access.WHITE_BOX,
                VmiPlugin.ADAM.requirements().apply(VariationalSettings.DEFAULT).access());
    }

    @Test
    void the_recipe_hands_the_number_of_results_to_its_selector() {
        Attack attack = VmiPlugin.VMI.factory().create(new VmiSettings(7), BENCH);

        assertEquals(
                7,
                Objects.requireNonNull(attack.stages().get(Stage.SELECT))
                        .settings()
                        .get("draws"));
    }

    @Test
    void the_defaults_are_free_of_problems() {
        assertEquals(List.of(), VmiSettings.DEFAULT.check());
        assertEquals(List.of(), FlowSettings.DEFAULT.check());
        assertEquals(List.of(), VariationalSettings.DEFAULT.check());
        assertEquals(List.of(), PosteriorDraws.Settings.DEFAULT.check());
    }

    @Test
    void everything_that_is_wrong_is_shown_at_once() {
        assertEquals(List.of("results"), paths(new VmiSettings(0).check()));
        assertEquals(List.of("draws"), paths(new PosteriorDraws.Settings(0).check()));
        assertEquals(List.of("candidates", "depth", "hidden", "layers"), paths(new FlowSettings(0, -1, 0, -1).check()));
        assertEquals(
                List.of("steps", "draws", "learning-rate", "beta1", "beta2", "divergence", "center-crop", "resize"),
                paths(new VariationalSettings(0, 0, 0, 1, -1, Use.of("logit"), -1, -1, -1).check()));
    }

    private static List<String> paths(List<Problem> problems) {
        return problems.stream().map(Problem::path).toList();
    }
}
