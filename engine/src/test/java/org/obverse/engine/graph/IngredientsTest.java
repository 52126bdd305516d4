package org.obverse.engine.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class IngredientsTest {
    private static final Ingredients ONE = new Ingredients(Map.of("slot", "target", "batch", "8"), Map.of("tiny", "1"));

    @Test
    void a_digest_depends_on_every_value_on_the_code_and_on_the_inputs_in_their_order() {
        List<String> inputs = List.of("a", "b");
        Set<String> digests = new HashSet<>(List.of(
                ONE.digest(inputs),
                ONE.digest(List.of("b", "a")),
                ONE.digest(List.of("a")),
                ONE.with("batch", "4").digest(inputs),
                ONE.with("more", "").digest(inputs),
                new Ingredients(Map.of("slot", "target"), ONE.code()).digest(inputs),
                new Ingredients(ONE.values(), Map.of("tiny", "2")).digest(inputs),
                new Ingredients(ONE.values(), Map.of("other", "1")).digest(inputs)));

        assertEquals(8, digests.size());
        assertEquals(ONE.digest(inputs), ONE.with("batch", "8").digest(inputs));
    }

    @Test
    void names_and_values_cannot_be_confused_with_each_other() {
        Ingredients two = new Ingredients(Map.of("a", "b\",\"c\":\"d"), Map.of());
        Ingredients three = new Ingredients(Map.of("a", "b", "c", "d"), Map.of());

        assertNotEquals(two.digest(List.of()), three.digest(List.of()));
    }

    @Test
    void differences_name_what_changed_came_or_went_and_whose_code() {
        Ingredients other =
                new Ingredients(Map.of("slot", "target", "batch", "4", "more", ""), Map.of("tiny", "2", "new", "1"));

        assertEquals(List.of("batch", "more", "code of new", "code of tiny"), ONE.differences(other));
        assertEquals(ONE.differences(other), other.differences(ONE));
        assertEquals(List.of(), ONE.differences(ONE.with("batch", "8")));
    }
}
