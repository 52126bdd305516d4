package org.obverse.plugins.ked;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.ServiceLoader;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.obverse.api.attack.Attack;
import org.obverse.api.attack.Preflight;
import org.obverse.api.attack.Stage;
import org.obverse.api.data.Part;
import org.obverse.api.oracle.Access;
import org.obverse.api.plugin.Plugin;
import org.obverse.api.plugin.Problem;
import org.obverse.api.plugin.Use;
import org.obverse.gans.AdversarialRecipe;
import org.obverse.gans.Minibatch;
import org.obverse.plugins.identity.IdentityLossesPlugin;
import org.obverse.testkit.Workbench;
import org.obverse.testkit.small.PlainGenerator;

class KedPluginTest {
    private static final Workbench BENCH = Workbench.of(KedPluginTest.class).with(new IdentityLossesPlugin());

    @AfterAll
    static void close() {
        BENCH.close();
    }

    @Test
    void the_service_loader_finds_the_attack_and_its_stages() {
        Plugin plugin = ServiceLoader.load(Plugin.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(found -> found.id().equals("ked-mi"))
                .findFirst()
                .orElseThrow();

        assertEquals(
                List.of(
                        "attack ked-mi",
                        "preparer inversion-gan",
                        "sampler standard-gaussian",
                        "optimizer gaussian-adam",
                        "selector gaussian-draws"),
                plugin.components().stream()
                        .map(component -> component.kind().name() + " " + component.name())
                        .toList());
    }

    @Test
    void stages_declare_the_access_that_they_need() {
        var gan = KedPlugin.GAN.requirements().apply(InversionGanSettings.DEFAULT);
        assertEquals(Access.SCORES, gan.access());
        assertEquals(Set.of(Part.PUBLIC), gan.data());
        assertEquals(
                Access.WHITE_BOX,
                KedPlugin.ADAM.requirements().apply(GaussianSettings.DEFAULT).access());
        assertEquals(
                Access.NONE,
                KedPlugin.DRAWS
                        .requirements()
                        .apply(GaussianDraws.Settings.DEFAULT)
                        .access());
        assertEquals(
                3,
                KedPlugin.START
                        .requirements()
                        .apply(new StandardGaussian.Settings(3, 1))
                        .candidates());
    }

    @Test
    void the_recipe_hands_the_number_of_results_to_its_selector() {
        Attack attack = KedPlugin.KED.factory().create(new KedSettings(7), BENCH);

        assertEquals(
                7,
                Objects.requireNonNull(attack.stages().get(Stage.SELECT))
                        .settings()
                        .get("draws"));
    }

    /** A file of weights would be a way around the engine's key, which holds the target's digest. */
    @Test
    void no_setting_can_bring_a_gan_from_elsewhere() {
        assertTrue(Arrays.stream(InversionGanSettings.class.getRecordComponents())
                .noneMatch(key -> key.getType() == String.class));
    }

    @Test
    void the_defaults_are_free_of_problems() {
        assertEquals(List.of(), KedSettings.DEFAULT.check());
        assertEquals(List.of(), InversionGanSettings.DEFAULT.check());
        assertEquals(List.of(), StandardGaussian.Settings.DEFAULT.check());
        assertEquals(List.of(), GaussianSettings.DEFAULT.check());
        assertEquals(List.of(), GaussianDraws.Settings.DEFAULT.check());
    }

    @Test
    void everything_that_is_wrong_is_shown_at_once() {
        assertEquals(List.of("results"), paths(new KedSettings(0).check()));
        assertEquals(
                List.of("latent-size", "width", "minibatch.kernels", "knowledge", "entropy", "training.epochs"),
                paths(new InversionGanSettings(
                                0, 0, new Minibatch(0, 1), -1, Double.NaN, AdversarialRecipe.published(0))
                        .check()));
        assertEquals(
                List.of("steps", "learning-rate", "beta1", "beta2", "identity", "realism"),
                paths(new GaussianSettings(0, 0, 1, -1, Use.of("logit"), 0, -1).check()));
        assertEquals(
                List.of("candidates", "log-variance"), paths(new StandardGaussian.Settings(0, Double.NaN).check()));
        assertEquals(List.of("draws"), paths(new GaussianDraws.Settings(0).check()));
    }

    @Test
    void images_that_the_networks_cannot_make_are_refused_before_anything_is_trained() {
        Preflight preparer = new InversionGan(InversionGanSettings.DEFAULT, BENCH);

        assertEquals(
                List.of(""),
                paths(preparer.check(
                        new Preflight.Setting(new PlainGenerator(2, 32), new Shape(1, 33, 33), List.of(0), 1))));
    }

    private static List<String> paths(List<Problem> problems) {
        return problems.stream().map(Problem::path).toList();
    }
}
