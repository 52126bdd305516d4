package org.obverse.plugins.folders;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

final class NamesTest {
    @Test
    void names_are_ordered_as_the_bytes_of_utf_8() {
        List<String> names =
                List.of("a", "a-b", "Z", "10", "2", "Ädam", "Åbel", "Éva", "E\u0301va", "\uFF21", "\uE000", "🙂", "");
        List<String> byBytes = new ArrayList<>(names);
        byBytes.sort((one, other) ->
                Arrays.compareUnsigned(one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8)));

        assertEquals(byBytes, names.stream().sorted(Names.ORDER).toList());
        assertNotEquals(byBytes, names.stream().sorted().toList());
    }

    @Test
    void a_name_is_spoken_alike_whether_its_accents_stand_apart_or_not() {
        assertEquals("Éva", Names.spoken("E\u0301va"));
        assertEquals("Éva", Names.spoken("Éva"));
    }

    @Test
    void what_would_move_a_terminal_or_break_a_line_is_shown_by_its_number() {
        assertEquals("/x/a\\u000ab/\\u001b[2J\\u202e.png", Names.shown(Path.of("/x/a\nb/\u001b[2J\u202e.png")));
        assertEquals("a\\u005cu000ab", Names.shown(Path.of("a\\u000ab")));
        assertEquals("Ädam/Größe 1.png", Names.shown(Path.of("Ädam/Größe 1.png")));
    }
}
