package org.obverse.plugins.ifgmi;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.ServiceLoader;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.obverse.api.attack.Attack;
import org.obverse.api.attack.Preflight;
import org.obverse.api.attack.Stage;
import org.obverse.api.generator.Staged;
import org.obverse.api.oracle.Access;
import org.obverse.api.plugin.NameOrIndex;
import org.obverse.api.plugin.Plugin;
import org.obverse.api.plugin.Problem;
import org.obverse.api.plugin.Use;
import org.obverse.inversion.RandomCrop;
import org.obverse.plugins.identity.IdentityLossesPlugin;
import org.obverse.testkit.Workbench;

class IfGmiPluginTest {
    private static final Workbench BENCH = Workbench.of(IfGmiPluginTest.class).with(new IdentityLossesPlugin());

    @AfterAll
    static void close() {
        BENCH.close();
    }

    @Test
    void the_service_loader_finds_the_attack_and_its_search() {
        Plugin plugin = ServiceLoader.load(Plugin.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(found -> found.id().equals("if-gmi"))
                .findFirst()
                .orElseThrow();

        assertEquals(
                List.of("attack if-gmi", "optimizer feature-adam"),
                plugin.components().stream()
                        .map(component -> component.kind().name() + " " + component.name())
                        .toList());
    }

    @Test
    void the_search_needs_the_weights_of_the_target_and_the_blocks_of_the_generator() {
        var needs = IfGmiPlugin.ADAM.requirements().apply(FeatureSettings.DEFAULT);

        assertEquals(Access.WHITE_BOX, needs.access());
        assertEquals(Set.of(Staged.class), needs.generator());
    }

    @Test
    void the_recipe_samples_as_ppa_does_and_selects_nothing() {
        Attack attack = IfGmiPlugin.IF_GMI.factory().create(new IfGmiSettings(7, 24, 16), BENCH);

        assertEquals(Set.of(Stage.SAMPLE, Stage.OPTIMIZE), attack.stages().keySet());
        assertEquals(
                Map.of("candidates", 7, "center-crop", 24, "resize", 16),
                Objects.requireNonNull(attack.stages().get(Stage.SAMPLE)).settings());
        assertEquals(
                Map.of("center-crop", 24, "resize", 16),
                Objects.requireNonNull(attack.stages().get(Stage.OPTIMIZE)).settings());
    }

    @Test
    void the_defaults_are_free_of_problems() {
        assertEquals(List.of(), IfGmiSettings.DEFAULT.check());
        assertEquals(List.of(), FeatureSettings.DEFAULT.check());
    }

    @Test
    void everything_that_is_wrong_is_shown_at_once() {
        assertEquals(List.of("candidates", "resize"), paths(new IfGmiSettings(0, 0, -1).check()));
        assertEquals(
                List.of(
                        "steps",
                        "learning-rate",
                        "beta1",
                        "beta2",
                        "radius-features",
                        "radius-w",
                        "layer",
                        "center-crop",
                        "random-crop.min-area"),
                paths(new FeatureSettings(
                                Use.of("logit"),
                                List.of(3, -1),
                                0,
                                1,
                                -1,
                                List.of(-1.0),
                                List.of(1.0),
                                new NameOrIndex.Index(2),
                                -1,
                                0,
                                new RandomCrop(0, 1, 1, 1))
                        .check()));
    }

    @Test
    void a_layer_is_last_by_target_or_a_searched_block() {
        assertEquals(List.of(), Layer.check(new NameOrIndex.Name("last"), 3));
        assertEquals(List.of(), Layer.check(new NameOrIndex.Name("by-target"), 3));
        assertEquals(List.of(), Layer.check(new NameOrIndex.Index(2), 3));
        assertEquals(
                List.of(new Problem(
                        "layer",
                        "'best' is none of the 3 blocks that steps searches",
                        "use last, by-target, or a number from 0 to 2")),
                Layer.check(new NameOrIndex.Name("best"), 3));
        assertEquals(List.of("layer"), paths(Layer.check(new NameOrIndex.Index(-1), 3)));
    }

    @Test
    void more_blocks_than_the_generator_has_are_refused_before_anything_is_asked() {
        assertEquals(
                List.of(new Problem(
                        "steps",
                        "4 blocks cannot be searched in a generator of 3",
                        "use at most 3 entries, one less to spare the input of the last block")),
                refusals(Searches.settings(5, 1, 1, 1)));
        assertEquals(List.of(), refusals(Searches.settings(5, 1, 1)));
    }

    /** 50 steps of 0.005 move the 6 coordinates of w by at most 1.5 in sum. */
    @Test
    void a_radius_of_w_that_never_binds_is_refused_before_anything_is_asked() {
        FeatureSettings settings = Searches.settings(50, 10, 10);

        assertEquals(
                List.of(new Problem(
                        "radius-w.0",
                        "a radius of 1000.0 never binds: 50 steps move the 6 coordinates of w by at most 1.500 in sum",
                        "use a smaller one, or 0 to leave w free")),
                refusals(Searches.withRadii(settings, List.of(), List.of(1000.0, 0.0, 0.0))));
        assertEquals(
                List.of("radius-w.1"), paths(refusals(Searches.withRadii(settings, List.of(), List.of(1.4, .3, .2)))));
        assertEquals(List.of(), refusals(Searches.withRadii(settings, List.of(), List.of(1.4, .2, .2))));
    }

    private static List<Problem> refusals(FeatureSettings settings) {
        return new FeatureAdam(settings, BENCH)
                .check(new Preflight.Setting(Sums.at(BENCH, 4), new Shape(3, 4, 4), List.of(0), 1));
    }

    private static List<String> paths(List<Problem> problems) {
        return problems.stream().map(Problem::path).toList();
    }
}
