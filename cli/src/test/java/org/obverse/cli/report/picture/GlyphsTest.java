package org.obverse.cli.report.picture;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class GlyphsTest {
    private static String drawn(char character) {
        StringBuilder drawn = new StringBuilder();
        for (int y = 0; y < Glyphs.HEIGHT; y++) {
            for (int x = 0; x < Glyphs.WIDTH; x++) {
                drawn.append(Glyphs.isInk(character, x, y) ? '#' : '.');
            }
            drawn.append('\n');
        }
        return drawn.toString();
    }

    @Test
    void an_L_looks_like_an_L() {
        assertEquals("#....\n#....\n#....\n#....\n#....\n#....\n#####\n.....\n", drawn('L'));
    }

    @Test
    void printable_characters_all_differ() {
        assertEquals(
                95,
                IntStream.rangeClosed(' ', '~')
                        .mapToObj(c -> drawn((char) c))
                        .distinct()
                        .count());
    }

    @Test
    void a_character_that_the_font_lacks_looks_like_a_question_mark() {
        assertEquals(drawn('?'), drawn('α'));
    }
}
