package org.obverse.cli.progress;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

final class ColumnsTest {
    @Test
    void words_stand_at_the_left_numbers_at_the_right_and_nothing_behind_them() {
        assertEquals(
                List.of("run      cells", "first        1  done", "another     10"),
                Columns.lines(
                        List.of(
                                List.of("run", "cells", ""),
                                List.of("first", "1", "done"),
                                List.of("another", "10", "")),
                        column -> column == 1));
    }

    @Test
    void what_is_cut_says_so() {
        assertEquals("four", Columns.cut("four", 4));
        assertEquals("fiv…", Columns.cut("fives", 4));
        assertEquals("…", Columns.cut("fives", 1));
    }

    @Test
    void the_gaps_between_columns_take_room() {
        assertEquals(3 + 2 + 4 + 2 + 1, Columns.width(3, 4, 1));
        assertEquals(0, Columns.width());
    }
}
