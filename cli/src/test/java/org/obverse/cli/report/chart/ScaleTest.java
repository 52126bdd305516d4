package org.obverse.cli.report.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

final class ScaleTest {
    @Test
    void ticks_are_round_and_lie_within_the_range() {
        assertEquals(List.of(0.0, 2.0, 4.0, 6.0), new Scale(0, 7).ticks(4));
        assertEquals(List.of(10.0, 20.0, 30.0, 40.0, 50.0), new Scale(1, 50).ticks(5));
        assertEquals(List.of(-50.0, 0.0, 50.0), new Scale(-60, 80).ticks(3));
    }

    @Test
    void a_range_that_starts_near_zero_starts_at_zero() {
        assertEquals(0, Scale.around(0.5, 6).low());
        assertEquals(4.88, Scale.around(5, 7).low(), 1e-12);
    }

    @Test
    void one_value_alone_lies_in_the_middle() {
        assertEquals(0.5, Scale.around(3, 3).share(3));
        assertEquals(0.5, Scale.around(0, 0).share(0));
    }

    @Test
    void labels_have_no_needless_digits_and_a_real_minus() {
        assertEquals("0.2", new Scale(0, 1).label(0.2));
        assertEquals("0.6", new Scale(0, 1).label(3 * 0.2));
        assertEquals("−50", new Scale(-60, 80).label(-50));
        assertEquals("2e+06", new Scale(0, 3e6).label(2e6));
        assertEquals("0.797", Scale.exact(0.79654));
        assertEquals("1.2e−05", Scale.exact(0.0000123));
    }
}
