package org.obverse.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.obverse.api.plugin.Kind;
import org.obverse.engine.plan.PlanForm;
import org.obverse.engine.plugin.Contribution;
import org.obverse.engine.plugin.Registry;

final class HelpTest {
    @Test
    void every_command_explains_itself_and_its_exit_codes() {
        for (String command : Main.commandLine().getSubcommands().keySet()) {
            Invocation help = Invocation.of(command, "--help");

            assertEquals(0, help.code(), command);
            for (Exit exit : Exit.values()) {
                assertTrue(help.out().contains("  " + exit.code() + " "), command + " lists no " + exit);
            }
            assertEquals(0, Invocation.of(command, "--version").code(), command);
        }
    }

    @Test
    void no_line_of_help_is_wider_than_eighty_columns() {
        List<String> wide = Invocation.of("--help")
                .out()
                .lines()
                .filter(line -> line.length() > 80)
                .toList();

        assertEquals(List.of(), wide);
    }

    @Test
    void a_misspelt_command_gets_a_suggestion_and_not_the_whole_help() {
        Invocation refused = Invocation.of("plugin");

        assertEquals(2, refused.code());
        assertTrue(refused.err().contains("plugins"), refused.err());
        assertTrue(refused.err().contains("See: obverse --help"), refused.err());
    }

    @Test
    void plugins_lists_every_component_once_under_its_kind() {
        List<String> lines = Invocation.of("plugins").out().lines().toList();

        for (Kind<?> kind : Kind.all()) {
            List<String> listed = lines.stream()
                    .dropWhile(line -> !line.equals(kind.name()))
                    .skip(1)
                    .takeWhile(line -> line.startsWith("  "))
                    .map(line -> line.strip().replaceFirst(" .*", ""))
                    .toList();

            assertEquals(names(kind), listed, kind.name());
        }
    }

    @Test
    void plugins_says_of_every_component_what_it_is_in_one_line() {
        String listed = Invocation.of("plugins").out();

        for (Contribution<?> one : Registry.ofClassPath().all(Kind.DEFENSE)) {
            String begin = one.component().summary().substring(0, 20);
            assertTrue(
                    listed.lines()
                            .anyMatch(line ->
                                    line.matches("  \\Q" + one.component().name() + "\\E +\\Q" + begin + "\\E.*")),
                    listed);
        }
        assertTrue(listed.lines().takeWhile(line -> !line.equals("plugins")).allMatch(line -> line.length() <= 100));
    }

    @Test
    void plugins_lists_what_has_a_word_in_its_name_kind_summary_or_plugin() {
        String smoothing = Invocation.of("plugins", "Smoothing").out();
        String membership = Invocation.of("plugins", "membership-attack").out();
        Invocation none = Invocation.of("plugins", "label-smothing");

        assertTrue(smoothing.contains("  label-smoothing  "), smoothing);
        assertFalse(smoothing.contains("latent-adam"), smoothing);
        assertTrue(membership.contains("  lira "), membership);
        assertTrue(membership.lines().anyMatch(line -> line.startsWith("  membership ")), membership);
        assertEquals(2, none.code());
        assertTrue(none.err().contains("did you mean 'label-smoothing'?"), none.err());
    }

    @Test
    void a_component_that_is_described_without_its_kind_leads_to_it() {
        Invocation refused = Invocation.of("describe", "latent-adam");

        assertEquals(2, refused.code());
        assertTrue(refused.err().contains("'obverse describe optimizer latent-adam'"), refused.err());
    }

    @Test
    void describe_shows_every_component_with_its_keys() {
        for (Kind<?> kind : Kind.all()) {
            for (String name : names(kind)) {
                Invocation page = Invocation.of("describe", kind, name);

                assertEquals(0, page.code(), page.err());
                assertTrue(page.out().startsWith(kind + " '" + name + "', of plugin "), page.out());
            }
        }
    }

    @Test
    void describe_tells_type_default_and_meaning_of_a_key() {
        String page = Invocation.of("describe", "defense", "label-smoothing").out();

        assertTrue(page.contains("  alpha: "), page);
        assertTrue(page.contains("      a number; "), page);
    }

    @Test
    void the_page_of_a_classifier_lists_its_activations() {
        String page = Invocation.of("describe", "classifier", "small-resnet").out();

        assertTrue(page.contains("Activations (taps)"), page);
        assertTrue(page.contains("penultimate"), page);
        String unbuilt = Invocation.of("describe", "classifier", "torchscript").out();
        assertTrue(unbuilt.contains("do not suffice"), unbuilt);
    }

    @Test
    void describe_of_an_attack_names_the_components_of_its_stages() {
        String page = Invocation.of("describe", "attack", "ppa").out();

        assertTrue(page.contains("  sample    ranked-pool"), page);
        assertTrue(page.contains("  optimize  latent-adam"), page);
        assertTrue(page.contains("  select    robust-confidence"), page);
    }

    @Test
    void describe_of_what_does_not_exist_says_what_does() {
        Invocation refused = Invocation.of("describe", "optmizer", "adam");

        assertEquals(2, refused.code());
        assertTrue(refused.err().contains("did you mean 'optimizer'?"), refused.err());
    }

    @Test
    void describe_of_a_kind_lists_its_components_with_what_they_are() {
        String page = Invocation.of("describe", "defense").out();

        names(Kind.DEFENSE).forEach(name -> assertTrue(page.contains("  " + name + System.lineSeparator()), page));
        assertTrue(page.contains("Struppek"), page);
    }

    @Test
    void describe_plan_says_every_section_and_every_key_of_one() {
        String plan = Invocation.of("describe", "plan").out();
        String training = Invocation.of("describe", "plan", "target.training").out();
        String sampler =
                Invocation.of("describe", "plan", "attack.stages.sample").out();

        PlanForm.keys().forEach(key -> assertTrue(plan.contains("  " + key.name() + System.lineSeparator()), plan));
        assertTrue(training.contains("  epochs: 100"), training);
        assertTrue(sampler.replaceAll("\\s+", " ").contains("'obverse describe sampler' lists them"), sampler);
        assertTrue(
                Invocation.of("describe", "plan", "evaluation.judge.crop").out().contains("\ncrop: 0"));
        String metrics = Invocation.of("describe", "plan", "metrics").out().replaceAll("\\s+", " ");
        assertTrue(metrics.contains("a list, each entry NAME or { use: NAME, … } of kind metric"), metrics);
        assertTrue(metrics.contains("Keys: target ") && metrics.contains(" of the stage "), metrics);
        Invocation refused = Invocation.of("describe", "plan", "target.trainin");
        assertEquals(2, refused.code());
        assertTrue(refused.err().contains("did you mean 'training'?"), refused.err());
    }

    @Test
    void help_of_a_command_is_what_the_command_says_of_itself() {
        assertEquals(
                Invocation.of("run", "--help").out(),
                Invocation.of("help", "run").out());
    }

    @Test
    void completion_knows_commands_kinds_components_sections_and_keys() {
        String script = Invocation.of("generate-completion").out();

        for (String word : List.of(
                "compare",
                "optimizer",
                "latent-adam",
                "target.training",
                "seeds.attack=",
                "execution.batch=",
                "attack.stages.optimize.use=",
                "attack.stages.optimize.learning-rate=",
                "target.classifier.use=",
                "data.identities=")) {
            assertTrue(script.contains(word), word);
        }
    }

    private static <T> List<String> names(Kind<T> kind) {
        return Registry.ofClassPath().all(kind).stream()
                .map(Contribution::component)
                .map(component -> component.name())
                .toList();
    }
}
