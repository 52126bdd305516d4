package org.obverse.engine.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.obverse.api.event.Summary;

final class ProvenanceTest {
    private static final Provenance MADE = new Provenance(
            new Ingredients(Map.of("slot", "target"), Map.of("tiny", "1")),
            List.of("a"),
            "b",
            new Summary(Map.of("loss", Double.NaN), Map.of(), List.of(Map.of("loss", 0.5))));

    @Test
    void what_an_artifact_was_made_from_comes_back() {
        assertEquals(MADE, Provenance.of(MADE.bytes()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ingredients", "inputs", "artifact", "summary", "values", "code", "figures", "epochs"})
    void a_part_that_is_missing_is_refused_and_so_is_one_that_is_null(String part) {
        String whole = new String(MADE.bytes(), StandardCharsets.UTF_8);
        String misspelt = whole.replace('"' + part + '"', "\"x\"");
        String blank = whole.replaceFirst('"' + part + "\":", '"' + part + "\":null,\"x\":");

        for (String damaged : List.of(misspelt, blank, whole.replace("\"target\"", "null"), "null", "[]", "")) {
            assertThrows(
                    IllegalArgumentException.class,
                    () -> Provenance.of(damaged.getBytes(StandardCharsets.UTF_8)),
                    damaged);
        }
    }
}
