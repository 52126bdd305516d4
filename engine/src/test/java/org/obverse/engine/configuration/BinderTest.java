package org.obverse.engine.configuration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.obverse.api.plugin.Checked;
import org.obverse.api.plugin.NameOrIndex;
import org.obverse.api.plugin.Problem;
import org.obverse.api.plugin.Use;
import org.obverse.engine.configuration.ConfigurationFixture.Crop;
import org.obverse.engine.configuration.ConfigurationFixture.Drop;
import org.obverse.engine.configuration.ConfigurationFixture.Loss;
import org.obverse.engine.configuration.ConfigurationFixture.Switch;
import org.obverse.engine.configuration.Node.Mapping;

class BinderTest {
    private final Binder binder = new Binder();

    private ConfigurationFixture bind(String... lines) {
        Node node = Yaml.read(String.join("\n", lines), "test");
        return binder.bind(ConfigurationFixture.DEFAULTS, (Mapping) node, "optimize");
    }

    private Problem onlyProblem(String... lines) {
        bind(lines);
        assertEquals(1, binder.problems().size(), binder.problems()::toString);
        return binder.problems().get(0);
    }

    @Test
    void without_keys_the_defaults_stay() {
        assertEquals(ConfigurationFixture.DEFAULTS, bind("{}"));
        assertEquals(List.of(), binder.problems());
    }

    @Test
    void given_keys_replace_the_defaults_and_the_others_stay() {
        ConfigurationFixture bound =
                bind("learning-rate: 1e-3", "loss: poincare", "seed: 12345678901", "location: a/b");
        assertEquals(1e-3, bound.learningRate());
        assertEquals(Loss.POINCARE, bound.loss());
        assertEquals(12345678901L, bound.seed());
        assertEquals("a/b", bound.location());
        assertEquals(70, bound.steps());
    }

    @Test
    void a_number_that_is_not_finite_is_refused_wherever_it_stands() {
        for (String number : List.of(".inf", "-.inf", ".nan", "1e400")) {
            Binder reading = new Binder();
            reading.bind(
                    ConfigurationFixture.DEFAULTS,
                    (Mapping) Yaml.read("learning-rate: %1$s\nbetas: [ 0.1, %1$s ]".formatted(number), "test"),
                    "optimize");
            assertEquals(
                    List.of("optimize.learning-rate", "optimize.betas.1"),
                    reading.problems().stream().map(Problem::path).toList());
            assertTrue(reading.problems().get(0).message().startsWith("expected a finite number, found the number "));
        }
    }

    @Test
    void an_enum_without_annotation_is_written_in_lower_case_with_hyphens() {
        assertEquals(Loss.CROSS_ENTROPY, bind("loss: cross-entropy").loss());
    }

    @Test
    void true_and_false_choose_between_on_and_off() {
        assertEquals(Switch.ON, bind("clip: true").clip());
        assertEquals(Switch.OFF, bind("clip: false").clip());
        assertEquals(Switch.ON, bind("clip: on").clip());
    }

    @Test
    void a_whole_number_is_fine_where_a_number_is_expected() {
        assertEquals(1.0, bind("learning-rate: 1").learningRate());
    }

    @Test
    void a_choice_is_a_name_or_a_whole_number_and_a_number_in_quotes_is_a_name() {
        assertEquals(new NameOrIndex.Index(3), bind("entry: 3").entry());
        assertEquals(new NameOrIndex.Name("logits"), bind("entry: logits").entry());
        assertEquals(new NameOrIndex.Name("3"), bind("entry: '3'").entry());
        for (NameOrIndex choice : List.of(new NameOrIndex.Index(3), new NameOrIndex.Name("3"))) {
            assertEquals(
                    choice, bind("entry: " + YamlText.flow(Node.of(choice))).entry());
        }
        assertEquals(List.of(), binder.problems());
        assertEquals(
                "expected a name or a whole number, found the number 0.5",
                onlyProblem("entry: 0.5").message());
    }

    @Test
    void nested_records_merge_and_lists_and_maps_replace() {
        ConfigurationFixture bound = bind(
                "crop: { least: 0.5 }",
                "betas: [0.9]",
                "drops: [ { at: 1, factor: 2 }, { factor: 0.5, at: 9 } ]",
                "weights: { a: 1, b: -2e3 }");
        assertEquals(new Crop(0.5, 1), bound.crop());
        assertEquals(List.of(0.9), bound.betas());
        assertEquals(List.of(new Drop(1, 2), new Drop(9, 0.5)), bound.drops());
        assertEquals(Map.of("a", 1.0, "b", -2000.0), bound.weights());
    }

    @Test
    void settings_of_the_default_component_merge_and_another_component_replaces_them() {
        assertEquals(
                new Use("linear", Map.of("width", 9, "deep", Map.of("layers", 5, "wide", 3))),
                bind("student: { width: 9, deep: { layers: 5 } }").student());
        assertEquals(
                new Use("conv", Map.of("k", 3)),
                bind("student: { use: conv, k: 3 }").student());
        assertEquals(List.of(), binder.problems());
    }

    @Test
    void an_unknown_key_is_refused_with_its_line_the_closest_key_and_all_others() {
        Problem problem = onlyProblem("steps: 3", "learnin-rate: 1");
        assertEquals("optimize.learnin-rate", problem.path());
        assertEquals(2, problem.line());
        assertEquals("there is no key 'learnin-rate' here", problem.message());
        assertTrue(problem.wayOut().startsWith("did you mean 'learning-rate'? known keys: betas, clip, "));
    }

    @Test
    void unknown_keys_of_nested_records_are_refused_too() {
        Problem problem = onlyProblem("crop:", "  most: 1", "  lest: 0.5");
        assertEquals("optimize.crop.lest", problem.path());
        assertEquals(3, problem.line());
        assertTrue(problem.wayOut().contains("'least'"), problem.wayOut());
    }

    @Test
    void keys_of_someone_else_are_left_alone() {
        Mapping given = (Mapping) Yaml.read("{ stages: 1, steps: 5 }", "test");
        assertEquals(
                5,
                binder.bind(ConfigurationFixture.DEFAULTS, given, "", Set.of("stages"))
                        .steps());
        assertEquals(List.of(), binder.problems());
    }

    @Test
    void a_wrong_type_says_what_was_expected_and_what_was_found() {
        bind(
                "steps: ten",
                "seed: 99999999999999999999",
                "learning-rate: '0.1'",
                "loss: 3",
                "betas: 0.1",
                "crop: [1]",
                "location: 12",
                "student: 7",
                "drops: [ { at: 1.5, factor: 1 } ]",
                "clip: { a: 1 }",
                "weights: { a: x }");
        assertEquals(
                List.of(
                        "line 1, optimize.steps: expected a whole number, found the text 'ten'",
                        "line 2, optimize.seed: expected a whole number, found the number 99999999999999999999",
                        "line 3, optimize.learning-rate: expected a number, found the text '0.1'; write numbers without"
                                + " quotes, with a digit on both sides of the point and no plus sign",
                        "line 4, optimize.loss: expected one of poincare, cross-entropy, found the number 3;"
                                + " possible values: cross-entropy, poincare",
                        "line 10, optimize.clip: expected one of on, off, found the keys a",
                        "line 5, optimize.betas: expected a list, each entry a number, found the number 0.1;"
                                + " write [ … ]",
                        "line 6, optimize.crop: expected keys and values, found a list of 1",
                        "line 9, optimize.drops.0.at: expected a whole number, found the number 1.5",
                        "line 11, optimize.weights.a: expected a number, found the text 'x'",
                        "line 7, optimize.location: expected text, found the number 12;"
                                + " put it in quotes if it is meant as text",
                        "line 8, optimize.student: expected a component, found the number 7;"
                                + " write NAME, or { use: NAME, key: value }"),
                binder.problems().stream().map(Problem::toString).toList());
    }

    @Test
    void a_misspelt_value_gets_the_closest_one() {
        assertTrue(onlyProblem("loss: poincar").wayOut().startsWith("did you mean 'poincare'?"));
    }

    @Test
    void entries_of_a_list_need_all_their_keys() {
        Problem problem = onlyProblem("drops:", "  - at: 3");
        assertEquals("optimize.drops.0.factor", problem.path());
        assertEquals(2, problem.line());
        assertEquals("the key is missing", problem.message());
    }

    @Test
    void a_key_without_a_value_is_refused() {
        assertEquals("the key has no value", onlyProblem("steps:").message());
    }

    @Test
    void a_blank_inside_settings_is_refused() {
        assertEquals(
                "optimize.student.width", onlyProblem("student: { width: }").path());
    }

    @Test
    void a_record_is_asked_and_its_problems_get_their_line() {
        Problem problem = onlyProblem("", "steps: 0");
        assertEquals(new Problem("optimize.steps", 2, "0 steps change nothing", "use at least 1"), problem);
    }

    @Test
    void nested_records_are_asked_and_no_problem_is_shown_twice() {
        assertEquals("optimize.crop.least", onlyProblem("crop: { least: 2 }").path());
    }

    @Test
    void all_problems_are_found_at_once() {
        bind("steps: 0", "stepz: 1", "learning-rate: 2", "seed: x", "crop: { least: 3 }");
        assertEquals(
                Set.of(
                        "optimize.steps",
                        "optimize.stepz",
                        "optimize.learning-rate",
                        "optimize.seed",
                        "optimize.crop.least"),
                Set.copyOf(binder.problems().stream().map(Problem::path).toList()));
    }

    @Test
    void a_key_that_cannot_be_read_is_not_judged_as_well() {
        Mapping given = (Mapping) Yaml.read("width: wide", "test");
        binder.bind(new Narrow(-1), given, "");
        assertEquals(1, binder.problems().size());
        assertTrue(binder.problems().get(0).message().startsWith("expected"));
    }

    @Test
    void a_record_that_throws_is_a_fault_of_the_plugin() {
        Mapping given = (Mapping) Yaml.read("width: 3", "test");
        IllegalStateException failure =
                assertThrows(IllegalStateException.class, () -> binder.bind(new Touchy(1), given, ""));
        assertTrue(String.valueOf(failure.getMessage()).contains("implement Checked"));
    }

    record Narrow(int width) implements Checked {
        @Override
        public List<Problem> check() {
            return width > 0 ? List.of() : List.of(new Problem("width", "too narrow", ""));
        }
    }

    record Touchy(int width) {
        Touchy {
            if (width > 2) {
                throw new IllegalArgumentException("too wide");
            }
        }
    }
}
