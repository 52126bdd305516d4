package org.obverse.plugins.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.obverse.plugins.spark.Lines.Asked;
import org.obverse.plugins.spark.Lines.Told;

final class LinesTest {
    @Test
    void an_order_is_read_as_it_was_written_tabs_and_all() {
        Asked asked = new Asked(7, "target/0", "{\"do\":\t\"perform\"}");

        assertEquals(asked, Lines.asked(Lines.write(asked)));
        assertThrows(IllegalArgumentException.class, () -> Lines.asked("perform"));
    }

    @Test
    void what_is_told_is_read_as_it_was_written_but_for_the_ends_of_its_lines() {
        for (Told told :
                List.of(new Told.Said(1, "under\tway"), new Told.Ended(2, "made"), new Told.Failed(3, "no memory"))) {
            assertEquals(Optional.of(told), Lines.told(Lines.write(told)));
        }
        assertEquals(
                Optional.of(new Told.Failed(3, "no memory")),
                Lines.told(Lines.write(new Told.Failed(3, "no\nmemory"))));
    }

    @Test
    void what_others_write_is_nothing() {
        for (String line : List.of("", "26/11/30 INFO SparkContext", "obverse\tsaid\tx\ty", "obverse\tthought\t1\ty")) {
            assertEquals(Optional.empty(), Lines.told(line), line);
        }
    }
}
