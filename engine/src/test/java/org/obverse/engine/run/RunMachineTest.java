package org.obverse.engine.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.obverse.api.event.RunEvent;

final class RunMachineTest {
    private static final Unit DATA = unit("data");
    private static final Unit TARGET = unit("target", "data");
    private static final Unit JUDGE = unit("evaluation/0", "data");
    private static final Unit ATTACK = unit("optimize/0", "target");
    private static final List<Unit> UNITS = List.of(DATA, TARGET, JUDGE, ATTACK);

    @Test
    void units_are_ready_once_everything_upstream_is_finished() {
        RunMachine machine = new RunMachine(UNITS);
        assertEquals(List.of(DATA), machine.ready());

        machine.apply(new RunEvent.Requested("data", "x"));
        assertEquals(List.of(), machine.ready());

        machine.apply(new RunEvent.Completed("data", "d", "a"));
        assertEquals(List.of(TARGET, JUDGE), machine.ready());

        machine.apply(new RunEvent.Reused("target", "d", "a"));
        assertEquals(List.of(JUDGE, ATTACK), machine.ready());
        assertFalse(machine.isDone());
    }

    @Test
    void nothing_is_ready_after_a_failure_until_the_run_is_planned_again() {
        RunMachine machine = new RunMachine(UNITS);
        machine.apply(new RunEvent.Completed("data", "d", "a"));
        machine.apply(new RunEvent.Requested("target", "x"));
        machine.apply(new RunEvent.Failed("target", "x", "why"));
        assertEquals(List.of(), machine.ready());

        machine.apply(new RunEvent.Planned("p", List.of()));
        assertEquals(List.of(TARGET, JUDGE), machine.ready());
    }

    @Test
    void a_unit_that_was_being_worked_on_when_the_process_died_is_ready_again() {
        RunMachine machine = new RunMachine(UNITS);
        machine.apply(new RunEvent.Requested("data", "x"));
        machine.apply(new RunEvent.Planned("p", List.of()));
        assertEquals(List.of(DATA), machine.ready());
    }

    @Test
    void a_unit_whose_artifact_is_lost_is_done_again_alone() {
        RunMachine machine = new RunMachine(UNITS);
        UNITS.forEach(unit -> machine.apply(new RunEvent.Completed(unit.id(), "d", "a")));
        assertTrue(machine.isDone());

        machine.forget("evaluation/0");
        assertEquals(List.of(JUDGE), machine.ready());
    }

    @Test
    void a_unit_that_stands_before_what_it_reads_is_a_mistake() {
        assertThrows(IllegalArgumentException.class, () -> new RunMachine(List.of(TARGET, DATA)));
    }

    private static Unit unit(String id, String... upstream) {
        return new Unit(id, Slot.DATA, "x", List.of(), "", 1, List.of(), "", List.of(upstream));
    }
}
