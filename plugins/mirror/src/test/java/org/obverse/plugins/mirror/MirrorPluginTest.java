package org.obverse.plugins.mirror;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.obverse.api.attack.Attack;
import org.obverse.api.attack.Candidates;
import org.obverse.api.attack.FixedImages;
import org.obverse.api.attack.Stage;
import org.obverse.api.oracle.Access;
import org.obverse.api.plugin.InvalidConfigurationException;
import org.obverse.api.plugin.Problem;
import org.obverse.api.plugin.Use;
import org.obverse.inversion.StyleBox;
import org.obverse.plugins.identity.IdentityLossesPlugin;
import org.obverse.testkit.StageUnit;
import org.obverse.testkit.Workbench;
import org.obverse.testkit.small.StyledRow;

class MirrorPluginTest {
    private static final Workbench BENCH = Workbench.of(MirrorPluginTest.class).with(new IdentityLossesPlugin());

    @AfterAll
    static void close() {
        BENCH.close();
    }

    @Test
    void one_search_needs_weights_and_the_other_scores() {
        assertEquals(
                Access.WHITE_BOX,
                MirrorPlugin.ADAM.requirements().apply(DescentSettings.DEFAULT).access());
        assertEquals(
                Access.SCORES,
                MirrorPlugin.GENETIC
                        .requirements()
                        .apply(GeneticSettings.DEFAULT)
                        .access());
    }

    @Test
    void both_recipes_hand_pool_box_and_framing_to_their_stages() {
        MirrorSettings settings = new MirrorSettings(30, 2, 500, 0.6, 4, 1.5, 24, 16);
        Attack attack = MirrorPlugin.BLACK_BOX.factory().create(settings, BENCH);

        assertEquals(
                Map.of(
                        "pool",
                        500,
                        "candidates",
                        30,
                        "truncation-psi",
                        0.6,
                        "truncation-cutoff",
                        4,
                        "views",
                        "image",
                        "center-crop",
                        24,
                        "resize",
                        16),
                settings(attack, Stage.SAMPLE));
        assertEquals(
                Map.of("box", Map.of("deviations", 1.5, "truncation-psi", 0.6), "center-crop", 24, "resize", 16),
                settings(attack, Stage.OPTIMIZE));
        assertEquals(Map.of("results", 2), settings(attack, Stage.SELECT));
    }

    @Test
    void without_results_there_is_no_selection() {
        Attack attack = MirrorPlugin.WHITE_BOX.factory().create(MirrorSettings.WHITE_BOX, BENCH);

        assertEquals(Set.of(Stage.SAMPLE, Stage.OPTIMIZE), attack.stages().keySet());
    }

    @Test
    void the_defaults_are_free_of_problems() {
        assertEquals(List.of(), MirrorSettings.WHITE_BOX.check());
        assertEquals(List.of(), MirrorSettings.BLACK_BOX.check());
        assertEquals(List.of(), GeneticSettings.DEFAULT.check());
        assertEquals(List.of(), DescentSettings.DEFAULT.check());
    }

    @Test
    void everything_that_is_wrong_is_shown_at_once() {
        assertEquals(
                List.of("candidates", "pool", "truncation-psi", "truncation-cutoff", "deviations", "center-crop"),
                paths(new MirrorSettings(0, 0, -1, 0, -1, -1, -1, 0).check()));
        assertEquals(List.of("results", "pool"), paths(new MirrorSettings(3, 4, 2, 1, 0, 0, 0, 0).check()));
        StyleBox.Settings none = new StyleBox.Settings(1, 0, 1);
        assertEquals(
                List.of("generations", "mutation-share", "mutation-size", "stop-at", "box.draws", "resize"),
                paths(new GeneticSettings(0, Crossover.PUBLISHED, 2, -1, 2, none, 0, -1).check()));
        assertEquals(
                List.of("steps", "learning-rate", "ramp-up", "ramp-down", "flip", "box.draws"),
                paths(new DescentSettings(Use.of("cross-entropy"), 1, 0, -1, 2, 3, none, 0, 0).check()));
    }

    @Test
    void the_selection_keeps_the_best_scores_of_each_class_and_of_equal_ones_the_first() {
        Candidates found = new Candidates(
                new FixedImages(BENCH.manager().arange(0f, 5f, 1f).reshape(5, 1, 1, 1)),
                List.of(4, 4, 4, 2, 2),
                List.of(-1.0, 0.0, 0.0, Double.NaN, -9.0),
                List.of());

        Candidates kept =
                new HighestScore(new HighestScore.Settings(2)).select(found, StageUnit.of(BENCH, List.of(4, 2)));

        assertEquals(List.of(4, 4, 2, 2), kept.classes());
        assertArrayEquals(
                new float[] {1, 2, 4, 3},
                ((FixedImages) kept.representation()).images().toFloatArray());
        assertThrows(
                InvalidConfigurationException.class,
                () -> new HighestScore(new HighestScore.Settings(3)).select(found, StageUnit.of(BENCH, List.of(4, 2))));
    }

    @Test
    void a_crop_larger_than_the_image_is_refused_before_the_target_is_asked() {
        var setting = new org.obverse.api.attack.Preflight.Setting(
                new StyledRow(4, BENCH.operators()), new Shape(1, 1, 4), List.of(0), 1);
        GeneticSettings large = new GeneticSettings(1, Crossover.LIKELIHOOD, 0, 0, 0, StyleBox.Settings.DEFAULT, 9, 0);

        assertEquals(List.of("center-crop"), paths(new GeneticSearch(large).check(setting)));
    }

    private static Map<String, Object> settings(Attack attack, Stage stage) {
        return Objects.requireNonNull(attack.stages().get(stage)).settings();
    }

    private static List<String> paths(List<Problem> problems) {
        return problems.stream().map(Problem::path).toList();
    }
}
