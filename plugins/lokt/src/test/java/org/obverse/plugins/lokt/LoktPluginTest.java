package org.obverse.plugins.lokt;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.obverse.api.attack.Attack;
import org.obverse.api.attack.Stage;
import org.obverse.api.data.Part;
import org.obverse.api.generator.Conditional;
import org.obverse.api.oracle.Access;
import org.obverse.api.plugin.Problem;
import org.obverse.api.plugin.Use;
import org.obverse.gans.ConditionalRecipe;
import org.obverse.inversion.Augmentation;
import org.obverse.testkit.Workbench;

class LoktPluginTest {
    private static final Workbench BENCH = Workbench.of(LoktPluginTest.class);

    @AfterAll
    static void close() {
        BENCH.close();
    }

    @Test
    void the_plugin_brings_the_attack_and_two_of_its_stages() {
        assertEquals(
                List.of("attack lokt", "preparer knowledge-transfer", "optimizer surrogate-adam"),
                new LoktPlugin()
                        .components().stream()
                                .map(component -> component.kind().name() + " " + component.name())
                                .toList());
    }

    @Test
    void labels_are_all_that_is_asked_for() {
        var learning = LoktPlugin.TRANSFER.requirements().apply(TransferSettings.DEFAULT);
        var searching = LoktPlugin.ADAM.requirements().apply(SurrogateAdamSettings.DEFAULT);

        assertEquals(Access.LABELS, learning.access());
        assertEquals(Set.of(Part.PUBLIC), learning.data());
        assertEquals(Access.NONE, searching.access());
        assertEquals(Set.of(Conditional.class), searching.generator());
    }

    @Test
    void the_recipe_teaches_and_asks_the_surrogates_that_it_names() {
        Use wide = new Use("small-resnet", Map.of("width", 32));
        Attack attack =
                LoktPlugin.LOKT.factory().create(new LoktSettings(7, List.of(wide, Use.of("small-inception"))), BENCH);

        assertEquals(
                List.of(Map.of("use", "small-resnet", "width", 32), Map.of("use", "small-inception")),
                setting(attack, Stage.PREPARE, "surrogates"));
        assertEquals(7, setting(attack, Stage.SAMPLE, "candidates"));
        assertEquals(List.of("surrogate-0", "surrogate-1"), setting(attack, Stage.OPTIMIZE, "networks"));
    }

    private static Object setting(Attack attack, Stage stage, String key) {
        return Objects.requireNonNull(
                Objects.requireNonNull(attack.stages().get(stage)).settings().get(key));
    }

    @Test
    void everything_that_is_wrong_is_shown_at_once() {
        assertEquals(List.of(), LoktSettings.DEFAULT.check());
        assertEquals(List.of(), TransferSettings.DEFAULT.check());
        assertEquals(List.of(), SurrogateAdamSettings.DEFAULT.check());
        assertEquals(List.of("restarts", "surrogates"), paths(new LoktSettings(0, List.of()).check()));
        assertEquals(
                List.of(
                        "latent-size",
                        "width",
                        "class-weight",
                        "class-terms-after",
                        "training.iterations",
                        "training.discriminator-steps",
                        "training.batch",
                        "training.learning-rate",
                        "training.beta1",
                        "training.beta2",
                        "per-class",
                        "surrogates",
                        "teaching.epochs",
                        "teaching.batch",
                        "teaching.learning-rate",
                        "teaching.momentum"),
                paths(new TransferSettings(
                                0,
                                0,
                                0,
                                0,
                                new ConditionalRecipe(0, 0, 1, 0, 1, 1),
                                0,
                                List.of(),
                                new SurrogateRecipe(0, 1, 0, 1))
                        .check()));
        assertEquals(
                List.of("networks", "steps", "learning-rate", "beta1", "beta2", "views"),
                paths(new SurrogateAdamSettings(List.of(), 0, 0, 1, 1, Use.of("logit"), 0, Augmentation.OF_SEARCH)
                        .check()));
    }

    /** A course whose second part is never reached is no course. */
    @Test
    void class_terms_that_would_never_begin_are_refused() {
        assertEquals(List.of(), paths(after(9).check()));
        assertEquals(List.of("class-terms-after"), paths(after(10).check()));
        assertEquals(List.of("class-terms-after"), paths(after(-1).check()));
    }

    private static TransferSettings after(int classTermsAfter) {
        return new TransferSettings(
                8,
                8,
                1.5,
                classTermsAfter,
                new ConditionalRecipe(10, 1, 8, 0.01, 0, 0.9),
                1,
                List.of(Use.of("small-resnet")),
                SurrogateRecipe.DEFAULT);
    }

    /** The published figures: about 26 million labels, of which 500 for each of 1,000 classes are for the surrogates. */
    @Test
    void the_defaults_ask_for_as_many_labels_as_were_published() {
        TransferSettings published = TransferSettings.DEFAULT;
        ConditionalRecipe training = published.training();

        long steps = (long) (training.iterations() - published.classTermsAfter()) * training.discriminatorSteps();

        assertEquals(105_000, training.iterations() * training.discriminatorSteps());
        assertEquals(26_100_000, steps * training.batch() + 1000L * published.perClass());
    }

    private static List<String> paths(List<Problem> problems) {
        return problems.stream().map(Problem::path).toList();
    }
}
