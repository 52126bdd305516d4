package org.obverse.cli.figure;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

final class ValueFormatTest {
    private static String printed(String unit, double value) {
        return ValueFormat.of(unit, List.of(value)).withSign(value);
    }

    @Test
    void fractions_are_printed_in_per_cent_and_small_ones_more_finely() {
        assertEquals("76.9 %", printed("fraction", 0.7687));
        assertEquals("1.23 %", printed("fraction", 0.01234));
        assertEquals("0.0 %", printed("fraction", 0));
    }

    @Test
    void other_values_get_as_many_places_as_their_size_asks_for() {
        assertEquals("3113", printed("steps", 3113));
        assertEquals("28.33", printed("squared distance", 28.333));
        assertEquals("160.4", printed("squared distance", 160.44));
        assertEquals("0.0333", printed("ratio", 0.03333));
        assertEquals("1.20e−05", printed("ratio", 0.000012));
    }

    @Test
    void all_values_of_a_column_get_the_same_places() {
        ValueFormat format = ValueFormat.of("ratio", List.of(1.0, 12.5));
        assertEquals("1.00", format.of(1));
        assertEquals("–", format.withSign(Double.NaN));
        assertEquals("∞", format.of(Double.POSITIVE_INFINITY));
    }
}
