package org.obverse.plugins.plg;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.ServiceLoader;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.obverse.api.attack.Attack;
import org.obverse.api.attack.Candidates;
import org.obverse.api.attack.Preflight;
import org.obverse.api.attack.Stage;
import org.obverse.api.data.Part;
import org.obverse.api.generator.Conditional;
import org.obverse.api.oracle.Access;
import org.obverse.api.plugin.Plugin;
import org.obverse.api.plugin.Problem;
import org.obverse.api.plugin.Use;
import org.obverse.gans.ConditionalRecipe;
import org.obverse.inversion.Augmentation;
import org.obverse.inversion.ClassPoints;
import org.obverse.plugins.identity.IdentityLossesPlugin;
import org.obverse.testkit.StageUnit;
import org.obverse.testkit.Workbench;
import org.obverse.testkit.small.ColumnGenerator;

class PlgPluginTest {
    private static final Workbench BENCH = Workbench.of(PlgPluginTest.class).with(new IdentityLossesPlugin());

    @AfterAll
    static void close() {
        BENCH.close();
    }

    @Test
    void the_service_loader_finds_the_attack_and_its_stages() {
        Plugin plugin = ServiceLoader.load(Plugin.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(found -> found.id().equals("plg-mi"))
                .findFirst()
                .orElseThrow();

        assertEquals(
                List.of("attack plg-mi", "preparer pseudo-label-gan", "sampler class-draws", "optimizer class-adam"),
                plugin.components().stream()
                        .map(component -> component.kind().name() + " " + component.name())
                        .toList());
    }

    /** Also without its margin the GAN depends on the target, by its pseudo labels, so the engine must key it by the target. */
    @Test
    void the_gan_needs_a_white_box_for_its_margin_and_confidences_for_pseudo_labels() {
        var needs = PlgPlugin.GAN.requirements().apply(PseudoLabelGanSettings.DEFAULT);
        assertEquals(Access.WHITE_BOX, needs.access());
        assertEquals(Set.of(Part.PUBLIC), needs.data());
        assertEquals(
                Access.SCORES, PlgPlugin.GAN.requirements().apply(without()).access());
    }

    private static PseudoLabelGanSettings without() {
        return new PseudoLabelGanSettings(30, 128, 64, 0, Augmentation.OF_TRAINING, ConditionalRecipe.PUBLISHED);
    }

    @Test
    void draws_and_search_need_a_conditional_generator() {
        assertEquals(
                Set.of(Conditional.class),
                PlgPlugin.DRAWS
                        .requirements()
                        .apply(ClassDraws.Settings.DEFAULT)
                        .generator());
        assertEquals(
                Set.of(Conditional.class),
                PlgPlugin.ADAM.requirements().apply(ClassAdamSettings.DEFAULT).generator());
    }

    @Test
    void the_recipe_hands_the_restarts_to_its_sampler() {
        Attack attack = PlgPlugin.PLG.factory().create(new PlgSettings(7), BENCH);

        assertEquals(
                7,
                Objects.requireNonNull(attack.stages().get(Stage.SAMPLE))
                        .settings()
                        .get("candidates"));
    }

    @Test
    void a_draw_depends_neither_on_the_other_classes_nor_on_their_number() {
        float[] alone = z(draws(1, 2));
        float[] among = z(draws(3, 0, 2));

        assertArrayEquals(alone, Arrays.copyOfRange(among, 18, 24));
    }

    private static Candidates draws(int candidates, Integer... classes) {
        return new ClassDraws(new ClassDraws.Settings(candidates))
                .sample(StageUnit.of(BENCH, List.of(classes), new ColumnGenerator(6, 3)));
    }

    private static float[] z(Candidates candidates) {
        return ((ClassPoints) candidates.representation()).z().toFloatArray();
    }

    @Test
    void everything_that_is_wrong_is_shown_at_once() {
        assertEquals(List.of(), PseudoLabelGanSettings.DEFAULT.check());
        assertEquals(List.of(), ClassAdamSettings.DEFAULT.check());
        assertEquals(List.of("restarts"), paths(new PlgSettings(0).check()));
        assertEquals(List.of("candidates"), paths(new ClassDraws.Settings(0).check()));
        assertEquals(
                List.of(
                        "per-class",
                        "latent-size",
                        "width",
                        "margin",
                        "training.iterations",
                        "training.discriminator-steps",
                        "training.batch",
                        "training.learning-rate",
                        "training.beta1",
                        "training.beta2"),
                paths(new PseudoLabelGanSettings(
                                0, 0, 0, -1, Augmentation.OF_TRAINING, new ConditionalRecipe(0, 0, 1, 0, 1, 1))
                        .check()));
        assertEquals(
                List.of("steps", "learning-rate", "beta1", "beta2", "views"),
                paths(new ClassAdamSettings(0, 0, 1, 1, Use.of("logit"), 0, Augmentation.OF_SEARCH).check()));
    }

    @Test
    void images_that_the_networks_cannot_make_are_refused_before_anything_is_trained() {
        Preflight preparer = new PseudoLabelGan(PseudoLabelGanSettings.DEFAULT, BENCH);

        assertEquals(
                List.of(""),
                paths(preparer.check(
                        new Preflight.Setting(new ColumnGenerator(6, 3), new Shape(3, 28, 28), List.of(0), 1))));
    }

    private static List<String> paths(List<Problem> problems) {
        return problems.stream().map(Problem::path).toList();
    }
}
