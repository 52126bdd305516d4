package org.obverse.engine.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.obverse.engine.artifact.Sha256;

final class DigestsTest {
    private final Digests digests = new Digests(3);

    @Test
    void each_unit_has_its_own_digest_or_none() {
        digests.put(0, Sha256.of("zero"));
        digests.put(2, "0".repeat(64));

        assertEquals(Optional.of(Sha256.of("zero")), digests.get(0));
        assertEquals(Optional.empty(), digests.get(1));
        assertEquals(Optional.of("0".repeat(64)), digests.get(2));
    }

    @Test
    void a_later_digest_takes_the_place_of_an_earlier_one() {
        digests.put(1, Sha256.of("planned"));
        digests.put(1, Sha256.of("made"));

        assertEquals(Optional.of(Sha256.of("made")), digests.get(1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "digest", "00"})
    void what_is_no_digest_is_refused(String text) {
        assertThrows(IllegalArgumentException.class, () -> digests.put(0, text));
    }
}
