package org.obverse.plugins.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

final class LastWordsTest {
    @Test
    void what_is_said_again_and_again_does_not_hide_what_was_said_before() {
        LastWords words = new LastWords();
        assertTrue(words.isZero());
        for (String said : new String[] {"alive", "1 of 3", "2 of 3", "alive", "alive"}) {
            words.add(said);
        }

        assertEquals("2 of 3\nalive", words.value());
        assertEquals("2 of 3\nalive", words.copy().value());
        words.reset();
        assertTrue(words.isZero());
    }
}
