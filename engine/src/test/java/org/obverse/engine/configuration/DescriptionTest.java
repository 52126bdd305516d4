package org.obverse.engine.configuration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.obverse.api.training.TrainingRecipe;

class DescriptionTest {
    private final Map<String, Description> keys = Description.of(ConfigurationFixture.DEFAULTS).stream()
            .collect(Collectors.toMap(Description::key, Function.identity()));

    @Test
    void a_key_is_described_by_type_default_and_meaning() {
        assertEquals(
                new Description("learning-rate", "a number", "0.005", "step size", List.of()),
                keys.get("learning-rate"));
        assertEquals(
                new Description(
                        "loss", "one of poincare, cross-entropy", "cross-entropy", "what is minimised", List.of()),
                keys.get("loss"));
        assertEquals(
                new Description("entry", "a name or a whole number", "0", "which entry is taken", List.of()),
                keys.get("entry"));
        assertEquals(
                new Description("betas", "a list, each entry a number", "[0.1, 0.1]", "decay rates", List.of()),
                keys.get("betas"));
        assertEquals(
                new Description(
                        "student",
                        "a component",
                        "{use: linear, deep: {layers: 2, wide: 3}, width: 8}",
                        "the network that learns",
                        List.of()),
                keys.get("student"));
    }

    @Test
    void keys_of_nested_records_and_of_list_entries_are_described_below() {
        assertEquals(
                List.of(
                        new Description("least", "a number", "0.9", "least share", List.of()),
                        new Description("most", "a number", "1.0", "most share", List.of())),
                nested("crop"));
        assertEquals(
                List.of(
                        new Description("at", "a whole number", "", "the step", List.of()),
                        new Description("factor", "a number", "", "the factor", List.of())),
                nested("drops"));
    }

    private List<Description> nested(String key) {
        return keys.entrySet().stream()
                .filter(entry -> entry.getKey().equals(key))
                .flatMap(entry -> entry.getValue().nested().stream())
                .toList();
    }

    @Test
    void every_key_of_the_training_recipe_has_a_meaning_and_a_type_that_plans_can_write() {
        assertEquals(List.of(), Description.unwritableKeys(TrainingRecipe.class));
        List<Description> recipe = Description.of(TrainingRecipe.DEFAULT);
        assertEquals(13, recipe.size());
        assertTrue(recipe.stream().noneMatch(key -> key.meaning().isEmpty()));
    }

    @Test
    void types_that_no_plan_can_write_are_found_at_any_depth() {
        assertEquals(
                List.of("inner.array: double[]", "inner.any: java.lang.Object", "bare: java.util.List"),
                Description.unwritableKeys(Unwritable.class));
    }

    @SuppressWarnings({"rawtypes", "ArrayRecordComponent"})
    record Unwritable(Inner inner, int fine, List bare) {}

    @SuppressWarnings("ArrayRecordComponent")
    record Inner(double[] array, Object any) {}
}
