package org.obverse.engine.run;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.obverse.api.event.RunEvent;

/** A pure fold of facts, which says what may be done next. */
final class RunMachine {
    private final Map<String, Unit> units = new LinkedHashMap<>();
    private final Map<String, Finished> finished = new LinkedHashMap<>();
    private final Set<String> requested = new HashSet<>();
    private final Set<String> failed = new HashSet<>();

    /**
     * @param units with every unit behind those that it reads
     */
    RunMachine(List<Unit> units) {
        for (Unit unit : units) {
            if (!this.units.keySet().containsAll(unit.upstream())) {
                throw new IllegalArgumentException(unit.id() + " stands before " + unit.upstream());
            }
            this.units.put(unit.id(), unit);
        }
    }

    void apply(RunEvent event) {
        if (event instanceof RunEvent.Planned) {
            requested.clear();
            failed.clear();
        } else if (event instanceof RunEvent.Requested e) {
            requested.add(e.unit());
        } else if (event instanceof RunEvent.Completed e) {
            finish(e.unit(), new Finished(e.digest(), e.artifact()));
        } else if (event instanceof RunEvent.Reused e) {
            finish(e.unit(), new Finished(e.digest(), e.artifact()));
        } else if (event instanceof RunEvent.Failed e) {
            requested.remove(e.unit());
            failed.add(e.unit());
        }
    }

    /** Takes back that a unit is finished, because its artifact is lost. */
    void forget(String unit) {
        finished.remove(unit);
    }

    private void finish(String unit, Finished result) {
        requested.remove(unit);
        finished.put(unit, result);
    }

    /** Units whose inputs are there and which nobody has begun, in the order of the plan; none once a unit failed. */
    List<Unit> ready() {
        if (!failed.isEmpty()) {
            return List.of();
        }
        return units.values().stream()
                .filter(unit -> !finished.containsKey(unit.id()) && !requested.contains(unit.id()))
                .filter(unit -> finished.keySet().containsAll(unit.upstream()))
                .toList();
    }

    boolean isDone() {
        return finished.keySet().containsAll(units.keySet());
    }

    boolean isFinished(String unit) {
        return finished.containsKey(unit);
    }

    /** The result of a finished unit. */
    Finished result(String unit) {
        Finished result = finished.get(unit);
        if (result == null) {
            throw new IllegalStateException(unit + " is not finished");
        }
        return result;
    }

    List<Unit> units() {
        return List.copyOf(units.values());
    }

    /**
     * How a unit ended.
     *
     * @param digest of its inputs
     * @param artifact what it produced
     */
    record Finished(String digest, String artifact) {}
}
