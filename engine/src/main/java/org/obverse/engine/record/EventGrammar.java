package org.obverse.engine.record;

import com.google.errorprone.annotations.FormatMethod;
import com.google.errorprone.annotations.FormatString;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.obverse.api.event.RunEvent;

/**
 * Accepts the facts of a run one by one, as long as they keep the grammar of {@link RunEvent}. A unit that an earlier attempt
 * finished may be finished again, because its artifact may be lost; within one attempt it may not.
 */
public final class EventGrammar {
    private final Set<String> planned = new HashSet<>();
    private final Set<String> finished = new HashSet<>();
    private final Set<String> settled = new HashSet<>();
    private final Map<String, String> requested = new HashMap<>();
    private boolean begun;
    private boolean ended;

    /**
     * All facts of a journal.
     *
     * @throws IllegalStateException with the number of the first that may not stand where it stands, from 1
     */
    public static void check(List<RunEvent> events) {
        EventGrammar grammar = new EventGrammar();
        int line = 0;
        for (RunEvent event : events) {
            line++;
            try {
                grammar.accept(event);
            } catch (IllegalStateException e) {
                throw new IllegalStateException("event " + line + ": " + e.getMessage(), e);
            }
        }
    }

    /**
     * The next fact.
     *
     * @throws IllegalStateException if it may not follow; names the fact and the rule
     */
    public void accept(RunEvent event) {
        if (event instanceof RunEvent.Planned plan) {
            plan(plan);
            return;
        }
        require(begun, event, "a run begins with a plan");
        require(!ended, event, "nothing but another plan follows the end");
        if (event instanceof RunEvent.Requested request) {
            request(request);
        } else if (event instanceof RunEvent.Completed completed) {
            settle(event, completed.unit());
            finished.add(completed.unit());
        } else if (event instanceof RunEvent.Reused reused) {
            begin(event, reused.unit());
            settled.add(reused.unit());
            finished.add(reused.unit());
        } else if (event instanceof RunEvent.Failed failed) {
            String component = requested.getOrDefault(failed.unit(), failed.component());
            settle(event, failed.unit());
            require(component.equals(failed.component()), event, "the unit was requested of '%s'", component);
        } else if (event instanceof RunEvent.Ended end) {
            end(end);
        }
    }

    /** Whether the last word was said. */
    public boolean ended() {
        return ended;
    }

    private void plan(RunEvent.Planned plan) {
        Set<String> units = new HashSet<>(plan.units());
        require(units.size() == plan.units().size(), plan, "a unit is planned once");
        planned.clear();
        planned.addAll(units);
        settled.clear();
        requested.clear();
        begun = true;
        ended = false;
    }

    private void request(RunEvent.Requested request) {
        begin(request, request.unit());
        requested.put(request.unit(), request.component());
        finished.remove(request.unit());
    }

    private void begin(RunEvent event, String unit) {
        require(planned.contains(unit), event, "only units of the plan are worked on");
        require(!requested.containsKey(unit), event, "the unit is being worked on");
        require(!settled.contains(unit), event, "the unit was settled since the last plan");
    }

    private void settle(RunEvent event, String unit) {
        require(planned.contains(unit), event, "only units of the plan are worked on");
        require(requested.containsKey(unit), event, "a unit is requested before it is completed or fails");
        requested.remove(unit);
        settled.add(unit);
    }

    private void end(RunEvent.Ended end) {
        if (end.outcome() == RunEvent.Outcome.DONE) {
            Set<String> left = new HashSet<>(planned);
            left.removeAll(finished);
            require(left.isEmpty(), end, "a run is done when every unit is finished; left are %s", left);
        }
        ended = true;
    }

    @FormatMethod
    private static void require(boolean kept, RunEvent event, @FormatString String rule, Object... values) {
        if (!kept) {
            throw new IllegalStateException("%s may not stand here: %s".formatted(event, rule.formatted(values)));
        }
    }
}
