package org.obverse.cli.estimate;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.obverse.api.event.UnitName;
import org.obverse.engine.study.DryRun.PlannedUnit;
import org.obverse.engine.study.DryRun.Presence;

final class ScheduleTest {
    private static PlannedUnit unit(String slot, int number, PlannedUnit... inputs) {
        return new PlannedUnit(
                new UnitName(slot, number, List.of()),
                "any",
                List.of(inputs).stream().map(PlannedUnit::name).toList(),
                List.of("cell"),
                Presence.ABSENT,
                List.of());
    }

    @Test
    void workers_share_what_does_not_wait_for_each_other() {
        List<PlannedUnit> units = List.of(unit("a", 0), unit("a", 1), unit("a", 2), unit("a", 3));

        assertEquals(8, new Schedule(units, 1).length(unit -> 2), 1e-9);
        assertEquals(4, new Schedule(units, 2).length(unit -> 2), 1e-9);
        assertEquals(2, new Schedule(units, 9).length(unit -> 2), 1e-9);
    }

    @Test
    void what_reads_a_product_waits_for_it() {
        PlannedUnit data = unit("data", 0);
        PlannedUnit target = unit("target", 0, data);
        PlannedUnit attack = unit("sample", 0, target);

        assertEquals(3, new Schedule(List.of(data, target, attack), 2).length(unit -> 1), 1e-9);
    }

    /** Else the third would begin when the first two cells have ended, and nothing would be left beside it. */
    @Test
    void trainings_come_before_what_their_readers_do() {
        PlannedUnit data = unit("data", 0);
        PlannedUnit first = unit("target", 0, data);
        PlannedUnit ofFirst = unit("sample", 0, first);
        PlannedUnit alsoOfFirst = unit("sample", 1, first);
        PlannedUnit second = unit("target", 1, data);
        PlannedUnit ofSecond = unit("sample", 2, second);
        PlannedUnit third = unit("target", 2, data);
        PlannedUnit ofThird = unit("sample", 3, third);
        Map<String, Double> seconds = Map.of("data", 0.0, "target", 4.0, "sample", 2.0);

        List<PlannedUnit> units = List.of(data, first, ofFirst, alsoOfFirst, second, ofSecond, third, ofThird);

        assertEquals(10, new Schedule(units, 2).length(unit -> seconds.getOrDefault(unit.slot(), 0.0)), 1e-9);
    }
}
