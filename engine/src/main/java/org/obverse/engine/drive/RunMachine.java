package org.obverse.engine.drive;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.obverse.api.event.RunFact;
import org.obverse.api.event.Summary;
import org.obverse.api.event.UnitName;
import org.obverse.engine.graph.RunGraph;
import org.obverse.engine.graph.Unit;

/** A pure fold of the facts of one attempt, which says what may be done next. */
final class RunMachine {
    private final RunGraph graph;
    private final Map<UnitName, Integer> missing = new HashMap<>();
    private final ReadyUnits ready;
    /** Listeners look at it from threads of their own. */
    private final Map<UnitName, Finished> finished = new ConcurrentHashMap<>();

    private final Set<UnitName> blocked = new HashSet<>();

    /**
     * How a unit ended.
     *
     * @param digest of what it was made from
     */
    record Finished(String digest, String artifact, Summary summary) {}

    RunMachine(RunGraph graph) {
        this.graph = graph;
        this.ready = new ReadyUnits(graph);
        for (Unit<?> unit : graph.units()) {
            missing.put(unit.name(), RunGraph.inputs(unit).size());
            if (unit.inputs().isEmpty()) {
                ready.add(unit);
            }
        }
    }

    void apply(RunFact fact) {
        if (fact instanceof RunFact.Offered offered) {
            ready.remove(offered.unit());
        } else if (fact instanceof RunFact.Completed e) {
            finish(e.unit(), new Finished(e.digest(), e.artifact(), e.summary()));
        } else if (fact instanceof RunFact.Reused e) {
            finish(e.unit(), new Finished(e.digest(), e.artifact(), e.summary()));
        } else if (fact instanceof RunFact.Failed e) {
            block(e.unit());
        }
    }

    private void finish(UnitName unit, Finished result) {
        ready.settle(unit);
        if (finished.put(unit, result) == null) {
            for (UnitName reader : graph.readers(unit)) {
                if (missing.merge(reader, -1, Integer::sum) == 0 && !finished.containsKey(reader)) {
                    ready.add(graph.unit(reader));
                }
            }
        }
    }

    private void block(UnitName unit) {
        ready.settle(unit);
        if (blocked.add(unit)) {
            graph.readers(unit).forEach(this::block);
        }
    }

    /** The unit to begin next, of those whose inputs are there and which nobody has begun. */
    Optional<Unit<?>> next() {
        return ready.next();
    }

    boolean isDone() {
        return finished.size() == missing.size();
    }

    /** How a unit ended; nothing if it is not finished. */
    Optional<Finished> result(UnitName unit) {
        return Optional.ofNullable(finished.get(unit));
    }

    /** Digests of the inputs of a unit that is ready. */
    List<String> inputs(Unit<?> unit) {
        return unit.inputs().stream()
                .map(input -> result(input.name()).orElseThrow().digest())
                .toList();
    }

    /** The products above a settled unit that no unit will read any more, itself among them if nobody reads it. */
    List<UnitName> unneeded(UnitName settled) {
        List<UnitName> unneeded = new ArrayList<>();
        Set<UnitName> seen = new HashSet<>();
        climb(graph.unit(settled), seen, unneeded);
        return unneeded;
    }

    private void climb(Unit<?> unit, Set<UnitName> seen, List<UnitName> unneeded) {
        if (seen.add(unit.name()) && !isNeeded(unit.name(), new HashSet<>())) {
            unneeded.add(unit.name());
            unit.inputs().forEach(input -> climb(input.unit(), seen, unneeded));
        }
    }

    /** A product is opened for those who read it, and for those who read what was made of it. */
    private boolean isNeeded(UnitName unit, Set<UnitName> seen) {
        return graph.readers(unit).stream()
                .filter(seen::add)
                .anyMatch(reader ->
                        !(finished.containsKey(reader) || blocked.contains(reader)) || isNeeded(reader, seen));
    }
}
