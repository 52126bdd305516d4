package org.obverse.cli.estimate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.obverse.engine.graph.Provisional.Length;

final class PaceTest {
    private double now;
    private final Pace pace = new Pace(this::clock, 5);

    /** The thread computes half of the time. */
    private Spent clock() {
        return new Spent(now, now / 2);
    }

    private void pass(double seconds) {
        now += seconds;
    }

    @Test
    void a_unit_that_ends_takes_what_it_took() {
        pace.begun(Length.UNKNOWN);
        pass(3);
        pace.finished();

        assertEquals(3, pace.length().orElseThrow().wall(), 1e-9);
    }

    @Test
    void a_slow_first_step_counts_once() {
        pace.begun(new Length(10, 10));
        assertTrue(pace.goesOn());
        pass(2);
        while (pace.goesOn()) {
            pass(0.5);
        }

        assertEquals(2 + 99 * 0.5, pace.length().orElseThrow().wall(), 1e-9);
        assertEquals((2 + 99 * 0.5) / 2, pace.length().orElseThrow().processor(), 1e-9);
    }

    @Test
    void progress_tells_the_length_where_steps_do_not() {
        pace.begun(Length.UNKNOWN);
        for (int done = 10; pace.goesOn(); done += 10) {
            pass(1);
            pace.progress(done, 1000);
        }

        assertEquals(100, pace.length().orElseThrow().wall(), 1e-9);
    }

    @Test
    void work_goes_on_until_it_has_told_enough_of_itself_but_not_for_ever() {
        pace.begun(Length.UNKNOWN);
        pass(20);
        for (int done = 1; done < 12; done++) {
            pace.progress(done, 100);
            assertTrue(pace.goesOn());
        }
        pace.progress(12, 100);
        assertFalse(pace.goesOn());

        Pace silent = new Pace(this::clock, 5);
        silent.begun(Length.UNKNOWN);
        pass(59);
        assertTrue(silent.goesOn());
        pass(2);
        assertFalse(silent.goesOn());
        assertTrue(silent.length().isEmpty());
    }

    @Test
    void progress_that_begins_anew_is_that_of_another_stretch() {
        pace.begun(Length.UNKNOWN);
        pace.progress(9, 10);
        for (int done = 1; pace.goesOn(); done++) {
            pass(1);
            pace.progress(done, 20);
        }

        assertEquals(20, pace.length().orElseThrow().wall(), 1e-9);
    }

    /** Ten rounds of ten steps: each item takes two seconds when it is read for the first time, and half a second after that. */
    @Test
    void what_is_read_for_the_first_time_counts_in_one_round() {
        pace.begun(new Length(10, 10));
        while (pace.goesOn()) {
            pass(2);
        }
        Pace again = pace.again(5);
        again.begun(new Length(10, 10));
        while (again.goesOn()) {
            pass(0.5);
        }

        Spent each = again.length().orElseThrow();
        assertEquals(100 * 0.5, each.wall(), 1e-9);
        assertEquals(10 * (2 - 0.5), pace.beyond(each).wall(), 1e-9);
    }

    @Test
    void work_that_ended_the_first_time_may_end_again() {
        pace.begun(new Length(2, 1));
        assertTrue(pace.goesOn());
        assertTrue(pace.goesOn());
        pace.finished();
        Pace again = pace.again(5);
        again.begun(new Length(2, 1));

        assertTrue(again.goesOn());
        assertTrue(again.goesOn());
    }

    @Test
    void work_that_ended_takes_longer_the_first_time_by_what_it_took() {
        pace.begun(Length.UNKNOWN);
        pass(3);
        pace.finished();

        assertEquals(2, pace.beyond(new Spent(1, 1)).wall(), 1e-9);
    }
}
