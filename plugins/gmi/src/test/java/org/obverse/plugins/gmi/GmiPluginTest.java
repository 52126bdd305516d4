package org.obverse.plugins.gmi;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.ServiceLoader;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.obverse.api.attack.Attack;
import org.obverse.api.attack.Candidates;
import org.obverse.api.attack.Representation;
import org.obverse.api.attack.Stage;
import org.obverse.api.generator.Criticized;
import org.obverse.api.generator.Generator;
import org.obverse.api.oracle.Access;
import org.obverse.api.plugin.Plugin;
import org.obverse.api.plugin.Problem;
import org.obverse.api.plugin.Requirements;
import org.obverse.api.plugin.Use;
import org.obverse.gans.Prior;
import org.obverse.inversion.PriorPoints;
import org.obverse.plugins.identity.IdentityLossesPlugin;
import org.obverse.testkit.StageUnit;
import org.obverse.testkit.Workbench;

class GmiPluginTest {
    private static final Workbench BENCH = Workbench.of(GmiPluginTest.class).with(new IdentityLossesPlugin());

    @AfterAll
    static void close() {
        BENCH.close();
    }

    @Test
    void the_service_loader_finds_the_attack_and_its_stages() {
        Plugin plugin = ServiceLoader.load(Plugin.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(found -> found.id().equals("gmi"))
                .findFirst()
                .orElseThrow();

        assertEquals(
                List.of("attack gmi", "sampler prior-draws", "optimizer latent-nesterov"),
                plugin.components().stream()
                        .map(component -> component.kind().name() + " " + component.name())
                        .toList());
    }

    @Test
    void the_recipe_trains_a_generator_and_its_critic_unless_the_plans_is_searched() {
        assertEquals(
                "wgan-gp",
                Objects.requireNonNull(recipe(GmiSettings.DEFAULT).stages().get(Stage.PREPARE))
                        .name());
        Attack planned = recipe(new GmiSettings(Prior.PLANNED, 3));
        assertEquals(Set.of(Stage.SAMPLE, Stage.OPTIMIZE), planned.stages().keySet());
        assertEquals(
                3,
                Objects.requireNonNull(planned.stages().get(Stage.SAMPLE))
                        .settings()
                        .get("candidates"));
    }

    @Test
    void the_search_needs_a_white_box_and_a_critic_unless_realism_is_left_out() {
        Requirements needs = GmiPlugin.NESTEROV.requirements().apply(NesterovSettings.DEFAULT);
        assertEquals(Access.WHITE_BOX, needs.access());
        assertEquals(Set.of(Criticized.class), needs.generator());
        assertEquals(
                Set.of(Generator.class),
                GmiPlugin.NESTEROV
                        .requirements()
                        .apply(settings(0, Reduction.PER_CANDIDATE))
                        .generator());
        assertEquals(
                Access.NONE,
                GmiPlugin.DRAWS
                        .requirements()
                        .apply(PriorDraws.Settings.DEFAULT)
                        .access());
    }

    @Test
    void only_the_published_mean_couples_a_batch() {
        assertTrue(coupling(Reduction.PER_CANDIDATE).isEmpty());
        assertFalse(coupling(Reduction.MEAN).isEmpty());
    }

    private static String coupling(Reduction reduction) {
        return GmiPlugin.NESTEROV.requirements().apply(settings(1, reduction)).coupling();
    }

    @Test
    void a_draw_depends_neither_on_the_other_classes_nor_on_their_number() {
        float[] alone = z(draws(1, 7));
        float[] among = z(draws(3, 2, 7));

        assertEquals(3, alone.length);
        assertEquals(18, among.length);
        assertArrayEquals(alone, Arrays.copyOfRange(among, 9, 12));
    }

    @Test
    void draws_are_opened_again() {
        Representation drawn = draws(2, 4).representation();

        Representation opened = new PriorDraws(PriorDraws.Settings.DEFAULT).open(drawn.variables(), bowl());

        assertEquals("prior-draws", opened.form());
        assertArrayEquals(
                drawn.draw(1, List.of()).toFloatArray(),
                opened.draw(1, List.of()).toFloatArray());
    }

    @Test
    void everything_that_is_wrong_is_shown_at_once() {
        assertEquals(List.of(), NesterovSettings.DEFAULT.check());
        assertEquals(List.of("restarts"), paths(new GmiSettings(Prior.WGAN_GP, 0).check()));
        assertEquals(List.of("candidates"), paths(new PriorDraws.Settings(0).check()));
        assertEquals(
                List.of("iterations", "learning-rate", "momentum", "range", "identity", "mean-over"),
                paths(new NesterovSettings(0, 0, 1, 0, Use.of("logit"), 0, 0, Reduction.MEAN, 0).check()));
        assertEquals(
                List.of("identity", "realism"),
                paths(new NesterovSettings(1, 1, 0, 1, Use.of("logit"), -1, -1, Reduction.MEAN, 1).check()));
    }

    private static NesterovSettings settings(double realism, Reduction reduction) {
        return new NesterovSettings(1, 0.02, 0.9, 1, Use.of("cross-entropy"), 100, realism, reduction, 60);
    }

    private static Attack recipe(GmiSettings settings) {
        return GmiPlugin.GMI.factory().create(settings, BENCH);
    }

    private static Candidates draws(int candidates, Integer... classes) {
        return new PriorDraws(new PriorDraws.Settings(candidates))
                .sample(StageUnit.of(BENCH, List.of(classes), bowl()));
    }

    private static Bowl bowl() {
        return new Bowl(BENCH.manager().create(new float[3]));
    }

    private static float[] z(Candidates candidates) {
        return ((PriorPoints) candidates.representation()).z().toFloatArray();
    }

    private static List<String> paths(List<Problem> problems) {
        return problems.stream().map(Problem::path).toList();
    }
}
