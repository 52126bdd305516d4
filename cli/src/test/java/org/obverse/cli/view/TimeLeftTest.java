package org.obverse.cli.view;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.obverse.api.event.Progress;
import org.obverse.api.event.RunFact.PlannedUnit;
import org.obverse.api.event.Summary;
import org.obverse.api.event.UnitName;
import org.obverse.cli.progress.TimeLeft;
import org.obverse.cli.view.WatchedUnit.State;

final class TimeLeftTest {
    private static final long SECOND = 1_000_000_000L;

    private final List<WatchedUnit> units = new ArrayList<>();

    @Test
    void nothing_is_known_before_anything_was_timed() {
        unit("target");

        assertEquals(new TimeLeft(-1, 1), left(0, 0));
    }

    @Test
    void units_take_as_long_as_those_of_their_slot_before_them() {
        finished(unit("optimize"), 0, 10);
        finished(unit("optimize"), 10, 30);
        unit("optimize");
        unit("metric");

        assertEquals(new TimeLeft(15, 1), left(30 * SECOND, 30));
    }

    @Test
    void what_is_done_of_a_unit_says_how_long_the_rest_takes() {
        WatchedUnit unit = unit("target");
        unit.begin(0);
        unit.progress(new Progress.OfUnit(unit.name(), 25, 100, Map.of("loss", 1.0)));

        assertEquals(new TimeLeft(30, 0), left(10 * SECOND, 10));
    }

    @Test
    void two_workers_take_half_as_long() {
        finished(unit("optimize"), 0, 10);
        finished(unit("optimize"), 0, 10);
        unit("optimize");
        unit("optimize");

        assertEquals(new TimeLeft(10, 0), left(10 * SECOND, 10));
    }

    @Test
    void what_was_finished_before_anybody_looked_takes_no_part() {
        unit("data").finish(State.REUSED, Summary.NONE, List.of(), 0);

        assertEquals(new TimeLeft(0, 0), left(0, 0));

        unit("data");

        assertEquals(new TimeLeft(-1, 1), left(0, 0));
    }

    @Test
    void a_long_curve_keeps_its_ends_and_few_points() {
        Trace trace = new Trace();
        IntStream.rangeClosed(1, 100_000).forEach(step -> trace.add(step, 1.0 / step));

        List<double[]> points = trace.points();

        assertTrue(points.size() > 50 && points.size() <= 201, () -> points.size() + " points");
        assertEquals(1, points.get(0)[0]);
        assertEquals(100_000, points.get(points.size() - 1)[0]);
        for (int i = 1; i < points.size(); i++) {
            assertTrue(points.get(i)[0] > points.get(i - 1)[0]);
            assertEquals(1 / points.get(i)[0], points.get(i)[1]);
        }
    }

    private TimeLeft left(long now, double elapsed) {
        return TimeLeft.of(units.stream().map(unit -> unit.timed(now)).toList(), elapsed);
    }

    private WatchedUnit unit(String slot) {
        UnitName name = new UnitName(slot, units.size(), List.of());
        WatchedUnit unit = new WatchedUnit(new PlannedUnit(name, "any", List.of()), units.size() + 1);
        units.add(unit);
        return unit;
    }

    private static void finished(WatchedUnit unit, long from, long to) {
        unit.begin(from * SECOND);
        unit.finish(State.DONE, Summary.NONE, List.of(), to * SECOND);
    }
}
