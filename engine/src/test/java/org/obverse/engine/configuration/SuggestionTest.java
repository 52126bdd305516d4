package org.obverse.engine.configuration;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SuggestionTest {
    @Test
    void edits_are_insertions_deletions_substitutions_and_swaps() {
        assertEquals(0, Suggestion.edits("alpha", "alpha"));
        assertEquals(1, Suggestion.edits("alpha", "alhpa"));
        assertEquals(1, Suggestion.edits("alpha", "alpa"));
        assertEquals(3, Suggestion.edits("kitten", "sitting"));
        assertEquals(5, Suggestion.edits("", "alpha"));
    }

    @Test
    void the_closest_name_is_offered_only_if_it_is_close() {
        assertEquals(Optional.of("optimize"), Suggestion.closest("optimise", List.of("sample", "optimize")));
        assertEquals(Optional.empty(), Suggestion.closest("zebra", List.of("sample", "optimize")));
    }

    @Test
    void all_known_names_follow() {
        assertEquals(
                "did you mean 'alpha'? known keys: alpha, beta",
                Suggestion.of("alpa", "known keys", List.of("beta", "alpha")));
        assertEquals("there are no known keys", Suggestion.of("x", "known keys", List.of()));
    }
}
