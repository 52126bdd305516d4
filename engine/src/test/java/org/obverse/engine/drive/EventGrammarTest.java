package org.obverse.engine.drive;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.obverse.api.event.RunFact;
import org.obverse.api.event.RunFact.Completed;
import org.obverse.api.event.RunFact.Ended;
import org.obverse.api.event.RunFact.Failed;
import org.obverse.api.event.RunFact.Lost;
import org.obverse.api.event.RunFact.Offered;
import org.obverse.api.event.RunFact.Outcome;
import org.obverse.api.event.RunFact.Planned;
import org.obverse.api.event.RunFact.PlannedUnit;
import org.obverse.api.event.RunFact.Reused;
import org.obverse.api.event.Summary;
import org.obverse.api.event.UnitName;

final class EventGrammarTest {
    private static final UnitName DATA = new UnitName("data", 0, List.of());
    private static final UnitName TARGET = new UnitName("target", 0, List.of());
    private static final UnitName GALLERY = new UnitName("gallery", 0, List.of());
    private static final Planned PLANNED = planned(DATA, TARGET);
    private static final Offered OFFERED = new Offered(DATA);
    private static final Completed COMPLETED = new Completed(DATA, "d", "a", Summary.NONE);
    private static final Reused REUSED = new Reused(TARGET, "d", "a", Summary.NONE);
    private static final Lost LOST = new Lost(DATA, "its process is gone");
    private static final Failed FAILED = new Failed(DATA, "why");
    private static final Ended DONE = new Ended(Outcome.DONE, "");
    private static final Ended CUT = new Ended(Outcome.INTERRUPTED, "");

    private static Planned planned(UnitName... units) {
        return new Planned(Arrays.stream(units)
                .map(unit -> new PlannedUnit(unit, "faces", List.of()))
                .toList());
    }

    private static void check(RunFact... events) {
        EventGrammar grammar = new EventGrammar();
        Arrays.stream(events).forEach(grammar::accept);
    }

    private static void accepts(RunFact... events) {
        assertDoesNotThrow(() -> check(events));
    }

    /** The last of them is wrong. */
    private static void refuses(String rule, RunFact... events) {
        IllegalStateException refusal = assertThrows(IllegalStateException.class, () -> check(events));
        String message = String.valueOf(refusal.getMessage());
        assertTrue(message.contains(events[events.length - 1].toString()) && message.contains(rule), message);
    }

    @Test
    void whole_runs_are_accepted() {
        accepts();
        accepts(PLANNED);
        accepts(PLANNED, OFFERED, COMPLETED, REUSED, DONE);
        accepts(PLANNED, REUSED, OFFERED, FAILED, new Ended(Outcome.FAILED, "why"));
        accepts(PLANNED, OFFERED, CUT);
    }

    @Test
    void a_resumed_run_goes_on_behind_another_plan() {
        accepts(PLANNED, OFFERED, COMPLETED, CUT, PLANNED, REUSED, DONE);
        accepts(PLANNED, OFFERED, PLANNED, OFFERED, COMPLETED, REUSED, DONE);
        accepts(PLANNED, OFFERED, FAILED, new Ended(Outcome.FAILED, "why"), PLANNED, OFFERED, COMPLETED);
    }

    @Test
    void a_unit_that_was_lost_is_as_if_it_had_not_been_offered() {
        accepts(PLANNED, OFFERED, LOST, OFFERED, COMPLETED, REUSED, DONE);
        accepts(PLANNED, OFFERED, LOST, new Reused(DATA, "d", "a", Summary.NONE), REUSED, DONE);
        refuses("a unit is offered before its place is lost", PLANNED, LOST);
        refuses("a unit is offered before its place is lost", PLANNED, OFFERED, LOST, LOST);
        refuses("a unit is offered before it is completed", PLANNED, OFFERED, LOST, COMPLETED);
    }

    @Test
    void what_an_earlier_attempt_finished_may_be_made_again_because_it_may_be_lost() {
        accepts(PLANNED, OFFERED, COMPLETED, REUSED, DONE, PLANNED, OFFERED, COMPLETED, DONE);
    }

    @Test
    void a_run_begins_with_a_plan() {
        refuses("a run begins with a plan", OFFERED);
        refuses("a run begins with a plan", DONE);
    }

    @Test
    void nothing_but_another_plan_follows_the_end() {
        refuses("nothing but another plan", PLANNED, CUT, OFFERED);
        refuses("nothing but another plan", PLANNED, CUT, CUT);
    }

    @Test
    void only_units_of_the_last_plan_are_worked_on() {
        RunFact strange = new Offered(GALLERY);
        refuses("only units of the plan", PLANNED, strange);
        refuses("only units of the plan", PLANNED, new Reused(GALLERY, "d", "a", Summary.NONE));
        refuses("only units of the plan", PLANNED, new Completed(GALLERY, "d", "a", Summary.NONE));
        refuses("only units of the plan", planned(GALLERY), PLANNED, strange);
    }

    @Test
    void a_unit_is_planned_once() {
        refuses("a unit is planned once", planned(DATA, DATA));
    }

    @Test
    void a_unit_is_offered_before_it_is_completed_or_fails() {
        refuses("a unit is offered before", PLANNED, COMPLETED);
        refuses("a unit is offered before", PLANNED, FAILED);
        refuses("a unit is offered before", PLANNED, OFFERED, PLANNED, COMPLETED);
    }

    @Test
    void a_unit_is_offered_once_at_a_time() {
        refuses("the unit is being worked on", PLANNED, OFFERED, OFFERED);
    }

    @Test
    void a_reused_unit_stands_alone() {
        refuses("the unit is being worked on", PLANNED, OFFERED, new Reused(DATA, "d", "a", Summary.NONE));
        refuses("a unit is offered before", PLANNED, REUSED, new Completed(TARGET, "d", "a", Summary.NONE));
    }

    @Test
    void a_unit_is_settled_once_in_an_attempt() {
        refuses("settled since the last plan", PLANNED, OFFERED, COMPLETED, OFFERED);
        refuses("settled since the last plan", PLANNED, OFFERED, FAILED, OFFERED);
        refuses("settled since the last plan", PLANNED, REUSED, REUSED);
        refuses("a unit is offered before", PLANNED, OFFERED, COMPLETED, COMPLETED);
    }

    @Test
    void a_run_is_done_when_every_unit_is_finished() {
        refuses("left are [data/0]", PLANNED, REUSED, DONE);
        refuses("left are [data/0]", PLANNED, REUSED, OFFERED, DONE);
        refuses("left are [data/0]", PLANNED, OFFERED, COMPLETED, CUT, PLANNED, REUSED, OFFERED, FAILED, DONE);
    }
}
