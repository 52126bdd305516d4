package org.obverse.engine.record;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.obverse.api.event.RunEvent;
import org.obverse.api.event.RunEvent.Completed;
import org.obverse.api.event.RunEvent.Ended;
import org.obverse.api.event.RunEvent.Failed;
import org.obverse.api.event.RunEvent.Outcome;
import org.obverse.api.event.RunEvent.Planned;
import org.obverse.api.event.RunEvent.Requested;
import org.obverse.api.event.RunEvent.Reused;

final class EventGrammarTest {
    private static final Planned PLANNED = new Planned("plan", List.of("data", "target"));
    private static final Requested REQUESTED = new Requested("data", "faces");
    private static final Completed COMPLETED = new Completed("data", "d", "a");
    private static final Reused REUSED = new Reused("target", "d", "a");
    private static final Failed FAILED = new Failed("data", "faces", "why");
    private static final Ended DONE = new Ended(Outcome.DONE, "");
    private static final Ended CUT = new Ended(Outcome.INTERRUPTED, "");

    private static void accepts(RunEvent... events) {
        assertDoesNotThrow(() -> EventGrammar.check(List.of(events)));
    }

    /** The last of them is wrong. */
    private static void refuses(String rule, RunEvent... events) {
        IllegalStateException refusal =
                assertThrows(IllegalStateException.class, () -> EventGrammar.check(List.of(events)));
        String message = String.valueOf(refusal.getMessage());
        assertTrue(message.startsWith("event " + events.length + ": "), message);
        assertTrue(message.contains(events[events.length - 1].toString()) && message.contains(rule), message);
    }

    @Test
    void whole_runs_are_accepted() {
        accepts();
        accepts(PLANNED);
        accepts(PLANNED, REQUESTED, COMPLETED, REUSED, DONE);
        accepts(PLANNED, REUSED, REQUESTED, FAILED, new Ended(Outcome.FAILED, "why"));
        accepts(PLANNED, REQUESTED, CUT);
    }

    @Test
    void a_resumed_run_goes_on_behind_another_plan() {
        accepts(PLANNED, REQUESTED, COMPLETED, CUT, PLANNED, REUSED, DONE);
        accepts(PLANNED, REQUESTED, PLANNED, REQUESTED, COMPLETED, REUSED, DONE);
        accepts(PLANNED, REQUESTED, FAILED, new Ended(Outcome.FAILED, "why"), PLANNED, REQUESTED, COMPLETED);
    }

    @Test
    void what_an_earlier_attempt_finished_may_be_made_again_because_it_may_be_lost() {
        accepts(PLANNED, REQUESTED, COMPLETED, REUSED, DONE, PLANNED, REQUESTED, COMPLETED, DONE);
    }

    @Test
    void a_run_begins_with_a_plan() {
        refuses("a run begins with a plan", REQUESTED);
        refuses("a run begins with a plan", DONE);
    }

    @Test
    void nothing_but_another_plan_follows_the_end() {
        refuses("nothing but another plan", PLANNED, CUT, REQUESTED);
        refuses("nothing but another plan", PLANNED, CUT, CUT);
    }

    @Test
    void only_units_of_the_last_plan_are_worked_on() {
        RunEvent strange = new Requested("gallery", "faces");
        refuses("only units of the plan", PLANNED, strange);
        refuses("only units of the plan", PLANNED, new Reused("gallery", "d", "a"));
        refuses("only units of the plan", PLANNED, new Completed("gallery", "d", "a"));
        refuses("only units of the plan", new Planned("p", List.of("gallery")), PLANNED, strange);
    }

    @Test
    void a_unit_is_planned_once() {
        refuses("a unit is planned once", new Planned("plan", List.of("data", "data")));
    }

    @Test
    void a_unit_is_requested_before_it_is_completed_or_fails() {
        refuses("a unit is requested before", PLANNED, COMPLETED);
        refuses("a unit is requested before", PLANNED, FAILED);
        refuses("a unit is requested before", PLANNED, REQUESTED, PLANNED, COMPLETED);
    }

    @Test
    void a_unit_is_requested_once_at_a_time() {
        refuses("the unit is being worked on", PLANNED, REQUESTED, REQUESTED);
    }

    @Test
    void a_reused_unit_stands_alone() {
        refuses("the unit is being worked on", PLANNED, REQUESTED, new Reused("data", "d", "a"));
        refuses("a unit is requested before", PLANNED, REUSED, new Completed("target", "d", "a"));
    }

    @Test
    void a_unit_is_settled_once_in_an_attempt() {
        refuses("settled since the last plan", PLANNED, REQUESTED, COMPLETED, REQUESTED);
        refuses("settled since the last plan", PLANNED, REQUESTED, FAILED, REQUESTED);
        refuses("settled since the last plan", PLANNED, REUSED, REUSED);
        refuses("a unit is requested before", PLANNED, REQUESTED, COMPLETED, COMPLETED);
    }

    @Test
    void a_unit_fails_in_the_hands_of_the_component_that_was_asked() {
        refuses("requested of 'faces'", PLANNED, REQUESTED, new Failed("data", "someone", "why"));
    }

    @Test
    void a_run_is_done_when_every_unit_is_finished() {
        refuses("left are [data]", PLANNED, REUSED, DONE);
        refuses("left are [data]", PLANNED, REUSED, REQUESTED, DONE);
        refuses("left are [data]", PLANNED, REQUESTED, COMPLETED, CUT, PLANNED, REUSED, REQUESTED, FAILED, DONE);
    }

    @Test
    void the_last_word_is_known_until_a_run_goes_on() {
        EventGrammar grammar = new EventGrammar();
        assertFalse(grammar.ended());
        grammar.accept(PLANNED);
        grammar.accept(CUT);
        assertTrue(grammar.ended());
        grammar.accept(PLANNED);
        assertFalse(grammar.ended());
    }
}
