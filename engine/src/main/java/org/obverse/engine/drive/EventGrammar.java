package org.obverse.engine.drive;

import com.google.errorprone.annotations.FormatMethod;
import com.google.errorprone.annotations.FormatString;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.obverse.api.event.RunFact;
import org.obverse.api.event.RunFact.PlannedUnit;
import org.obverse.api.event.UnitName;

/**
 * Accepts the facts of a run one by one, as long as they keep the grammar of {@link RunFact}. A unit that an earlier attempt
 * finished may be finished again, because its artifact may be lost; within one attempt it may not.
 */
final class EventGrammar {
    private final Set<UnitName> planned = new HashSet<>();
    private final Set<UnitName> finished = new HashSet<>();
    private final Set<UnitName> settled = new HashSet<>();
    private final Set<UnitName> offered = new HashSet<>();
    private boolean begun;
    private boolean ended;

    /**
     * The next fact.
     *
     * @throws IllegalStateException if it may not follow; names the fact and the rule
     */
    void accept(RunFact event) {
        if (event instanceof RunFact.Planned plan) {
            plan(plan);
            return;
        }
        require(begun, event, "a run begins with a plan");
        require(!ended, event, "nothing but another plan follows the end");
        if (event instanceof RunFact.Offered offer) {
            offer(offer);
        } else if (event instanceof RunFact.Completed completed) {
            settle(event, completed.unit());
            finished.add(completed.unit());
        } else if (event instanceof RunFact.Reused reused) {
            begin(event, reused.unit());
            settled.add(reused.unit());
            finished.add(reused.unit());
        } else if (event instanceof RunFact.Lost lost) {
            lose(lost);
        } else if (event instanceof RunFact.Failed failed) {
            settle(event, failed.unit());
        } else if (event instanceof RunFact.Ended end) {
            end(end);
        }
    }

    private void plan(RunFact.Planned plan) {
        Set<UnitName> units = plan.units().stream().map(PlannedUnit::unit).collect(Collectors.toSet());
        require(units.size() == plan.units().size(), plan, "a unit is planned once");
        planned.clear();
        planned.addAll(units);
        settled.clear();
        offered.clear();
        begun = true;
        ended = false;
    }

    private void offer(RunFact.Offered offer) {
        begin(offer, offer.unit());
        offered.add(offer.unit());
        finished.remove(offer.unit());
    }

    private void begin(RunFact event, UnitName unit) {
        require(planned.contains(unit), event, "only units of the plan are worked on");
        require(!offered.contains(unit), event, "the unit is being worked on");
        require(!settled.contains(unit), event, "the unit was settled since the last plan");
    }

    private void lose(RunFact.Lost lost) {
        require(offered.remove(lost.unit()), lost, "a unit is offered before its place is lost");
    }

    private void settle(RunFact event, UnitName unit) {
        require(planned.contains(unit), event, "only units of the plan are worked on");
        require(offered.contains(unit), event, "a unit is offered before it is completed or fails");
        offered.remove(unit);
        settled.add(unit);
    }

    private void end(RunFact.Ended end) {
        if (end.outcome() == RunFact.Outcome.DONE) {
            Set<UnitName> left = new HashSet<>(planned);
            left.removeAll(finished);
            require(left.isEmpty(), end, "a run is done when every unit is finished; left are %s", left);
        }
        ended = true;
    }

    @FormatMethod
    private static void require(boolean kept, RunFact event, @FormatString String rule, Object... values) {
        if (!kept) {
            throw new IllegalStateException("%s may not stand here: %s".formatted(event, rule.formatted(values)));
        }
    }
}
