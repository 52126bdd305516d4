package org.obverse.engine.configuration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.obverse.api.plugin.InvalidConfigurationException;
import org.obverse.api.plugin.NameOrIndex;
import org.obverse.api.plugin.Problem;
import org.obverse.api.plugin.Use;
import org.obverse.engine.configuration.ConfigurationFixture.Crop;
import org.obverse.engine.configuration.ConfigurationFixture.Loss;
import org.obverse.engine.configuration.ConfigurationFixture.Switch;
import org.obverse.engine.configuration.Node.Mapping;
import org.obverse.engine.configuration.Node.Scalar;
import org.obverse.engine.configuration.Node.Sequence;

class YamlTest {
    private static Mapping read(String... lines) {
        return (Mapping) Yaml.read(String.join("\n", lines), "plan.yaml");
    }

    private static Problem refused(String... lines) {
        return assertThrows(InvalidConfigurationException.class, () -> read(lines))
                .problems()
                .get(0);
    }

    @Test
    void every_value_knows_the_line_of_its_key() {
        Mapping tree = read("a: 1", "b:", "  c:", "    - x", "    - y: 2", "d: [1,", "  2]");
        assertEquals(1, tree.line("a"));
        assertEquals(2, tree.line("b"));
        assertEquals(3, tree.line("b.c"));
        assertEquals(4, tree.line("b.c.0"));
        assertEquals(5, tree.line("b.c.1.y"));
        assertEquals(7, tree.line("d.1"));
        assertEquals(3, tree.line("b.c.7.nowhere"));
    }

    @Test
    void an_empty_key_is_told_with_the_key_around_it_and_its_line() {
        assertEquals(
                "line 2, plan.yaml: a key is empty; name it, or remove it with its value",
                refused("a: 1", "'': 2").toString());
        assertEquals("a", refused("a: { '': 1 }").path());
    }

    @Test
    void scalars_are_numbers_truth_values_or_text() {
        Mapping tree = read("a: 1e-3", "b: '1e-3'", "c: yes", "d: true", "e: -.inf", "f: 3000000000", "g: 07");
        Map<String, Object> expected = new LinkedHashMap<>();
        expected.put("a", 1e-3);
        expected.put("b", "1e-3");
        expected.put("c", "yes");
        expected.put("d", true);
        expected.put("e", Double.NEGATIVE_INFINITY);
        expected.put("f", 3000000000L);
        expected.put("g", "07");
        assertEquals(expected, tree.plain());
    }

    @Test
    void a_key_given_twice_is_refused() {
        Problem problem = refused("a:", "  b: 1", "  b: 2");
        assertEquals("a.b", problem.path());
        assertEquals(3, problem.line());
        assertEquals("the key is given twice", problem.message());
    }

    @Test
    void text_that_a_tag_calls_a_number_is_refused_with_its_line() {
        Problem problem = refused("a: 1", "b: [ !!float few ]");
        assertEquals("line 2, b.0: 'few' is no number; write one, or no tag (!!) before it", problem.toString());
    }

    @Test
    void aliases_are_refused() {
        assertEquals("b", refused("a: &x { q: 1 }", "b: *x").path());
    }

    @Test
    void a_second_document_is_refused() {
        assertTrue(refused("a: 1", "---", "b: 2").message().contains("second document"));
    }

    @Test
    void broken_text_names_the_line() {
        Problem problem = refused("a: 1", "b: [1,", "c: 2");
        assertTrue(problem.line() >= 2, problem.toString());
        assertTrue(problem.message().startsWith("this is not YAML: expected"), problem.message());
    }

    @Test
    @Timeout(5)
    void lists_and_keys_too_deep_in_each_other_are_refused_with_their_line() {
        String deepest = "[".repeat(63) + "]".repeat(63);
        assertEquals(1, read("a: " + deepest).entries().size());
        for (int depth : new int[] {64, 10_000}) {
            Problem problem = refused("a: 1", "b: " + "[".repeat(depth) + "]".repeat(depth));
            assertEquals(2, problem.line());
            assertEquals("lists and keys lie more than 64 deep in each other", problem.message());
        }
        assertEquals(65, refused("a:\n" + nested(10_000)).line());
    }

    /** One key in each other, each on a line. */
    private static String nested(int depth) {
        StringBuilder text = new StringBuilder();
        for (int i = 1; i <= depth; i++) {
            text.append(" ".repeat(Math.min(i, 200))).append("a:\n");
        }
        return text.toString();
    }

    @Test
    void a_number_that_no_key_can_hold_is_refused_with_its_line() {
        for (String number : List.of("9".repeat(2000), "0." + "3".repeat(2000), "1e" + "9".repeat(200))) {
            Problem problem = refused("a: 1", "b: " + number);
            assertEquals(2, problem.line());
            assertEquals("b", problem.path());
            assertEquals("a number of " + number.length() + " characters is not read", problem.message());
        }
        assertEquals(
                "{b=" + "9".repeat(100) + "}",
                read("b: " + "9".repeat(100)).plain().toString());
    }

    @Test
    @Timeout(10)
    void a_line_that_would_take_long_to_read_is_refused() {
        Problem problem = refused("a: 1", "b: " + "9".repeat(1_000_000), "c: 2");
        assertEquals(2, problem.line());
        assertEquals("a line of 1000003 characters is not read", problem.message());
        assertEquals(1, read("a: " + "x".repeat(299_997)).entries().size());
    }

    @Test
    void defaults_survive_yaml_and_back() {
        assertSurvives(ConfigurationFixture.DEFAULTS);
    }

    @Test
    void awkward_values_survive_yaml_and_back() {
        assertSurvives(new ConfigurationFixture(
                Integer.MAX_VALUE,
                Long.MIN_VALUE,
                4.9e-324,
                Loss.POINCARE,
                Switch.ON,
                List.of(1e22, 0.1 + 0.2, 1.0 / 3, -0.0, 1e-7, 123456789.0, Double.MAX_VALUE, -Double.MIN_VALUE),
                new Crop(-1e300, 1e300),
                List.of(),
                Map.of("a b", 1.5, "true", 2.0, "1", 3.0, "ü: #", 4.0),
                "no\n\"quotes\" \\ # \t : - { [ ~ 'x' \u0001 \u2028 ü 🙂",
                new NameOrIndex.Name("7"),
                new Use(
                        "x",
                        Map.of("list", List.of(1, "2", 3.5, List.of(), Map.of("k", "v")), "t", "null", "n", 5e9))));
    }

    @Test
    void a_blank_value_survives_yaml_and_back() {
        Mapping tree = (Mapping) Yaml.read("a: null\nb: [ ~, 1 ]\nc:\n", "read").movedTo(0);

        assertEquals(tree, Yaml.read(Yaml.write(tree), "written").movedTo(0));
    }

    private static void assertSurvives(ConfigurationFixture configuration) {
        String text = Yaml.write((Mapping) Node.of(configuration));
        Binder binder = new Binder();
        ConfigurationFixture other = new ConfigurationFixture(
                1,
                2,
                3,
                Loss.POINCARE,
                Switch.ON,
                List.of(),
                new Crop(0, 0),
                List.of(),
                Map.of(),
                "",
                new NameOrIndex.Index(1),
                Use.of("none"));
        ConfigurationFixture back = binder.bind(other, (Mapping) Yaml.read(text, "written"), "");
        assertEquals(List.of(), binder.problems(), text);
        assertEquals(configuration, back, text);
    }

    @Test
    void every_double_is_written_with_the_fewest_digits_that_read_back() {
        assertEquals("0.1", Decimal.text(0.1));
        assertEquals("0.30000000000000004", Decimal.text(0.1 + 0.2));
        assertEquals("100.0", Decimal.text(100.0));
        assertEquals("2.0e-5", Decimal.text(2e-5));
        assertEquals("1.0e22", Decimal.text(1e22));
        assertEquals("0.002", Decimal.text(2e-3));
        assertEquals("5.0e-324", Decimal.text(Double.MIN_VALUE));
        assertEquals("-1.7976931348623157e308", Decimal.text(-Double.MAX_VALUE));
        Random random = new Random(1);
        for (int i = 0; i < 2000; i++) {
            double value = Double.longBitsToDouble(random.nextLong());
            if (Double.isFinite(value)) {
                assertEquals(value, Double.parseDouble(Decimal.text(value)));
            }
        }
    }

    @Test
    void mappings_are_laid_out_in_blocks_and_flat_lists_in_lines() {
        Mapping tree = read("b: { x: 1, z: [a, 'no'] }", "a: [ { u: 1, v: {} }, { u: 2 } ]", "c: 'x y'");
        assertEquals("""
                b:
                  x: 1
                  z: [a, "no"]
                a:
                  - u: 1
                    v: {}
                  - u: 2
                c: x y
                """, Yaml.write(tree));
    }

    @Test
    void a_long_list_makes_no_line_that_is_too_long_to_be_read_again() {
        Node list = Node.of(Map.of("a", Collections.nCopies(20_000, "x".repeat(40))));
        String text = Yaml.write((Mapping) list);
        assertEquals(list.plain(), Yaml.read(text, "written").plain());
    }

    @Test
    void canonical_json_does_not_depend_on_the_order_of_keys() {
        assertEquals(CanonicalJson.of(read("a: 1", "b: [x, 2.50]")), CanonicalJson.of(read("b: [x, 2.5]", "a: 1")));
        assertEquals("{\"a\":1,\"b\":[\"x\",2.5]}", CanonicalJson.of(read("b: [x, 2.5]", "a: 1")));
    }

    @Test
    void canonical_json_tells_text_from_numbers() {
        assertFalse(CanonicalJson.of(read("a: '1'")).equals(CanonicalJson.of(read("a: 1"))));
    }

    @Test
    void an_overlay_merges_mappings_unless_it_names_another_component() {
        Mapping base = read("s: { use: adam, steps: 1, crop: { use: a, k: 1 } }", "l: [1]");
        assertEquals(
                read("s: { use: adam, steps: 2, crop: { use: b } }", "l: [2]").plain(),
                base.overlaid(read("s: { steps: 2, crop: { use: b } }", "l: [2]"))
                        .plain());
        assertEquals(
                read("s: { use: walk }", "l: [1]").plain(),
                base.overlaid(read("s: { use: walk }")).plain());
    }

    @Test
    void trees_tell_what_they_found() {
        assertEquals("the text 'a'", new Scalar("a", 1).found());
        assertEquals("a list of 2", new Sequence(List.of(new Scalar(1, 1), new Scalar(2, 1)), 1).found());
        assertEquals("true", new Scalar(true, 1).found());
    }
}
