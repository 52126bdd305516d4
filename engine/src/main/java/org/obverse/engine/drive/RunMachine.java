package org.obverse.engine.drive;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.obverse.api.event.RunFact;
import org.obverse.api.event.UnitName;
import org.obverse.engine.graph.RunGraph;
import org.obverse.engine.graph.Unit;

/** A pure fold of the facts of one attempt, which says what may be done next. */
final class RunMachine {
    private final RunGraph graph;
    private final Map<UnitName, Integer> missing = new HashMap<>();
    private final Demand demand;
    private final ReadyUnits ready;
    /** Listeners look at it from threads of their own. */
    private final Map<UnitName, Finished> finished = new ConcurrentHashMap<>();

    private final Set<UnitName> blocked = new HashSet<>();

    /**
     * How a unit ended.
     *
     * @param digest of what it was made from
     */
    record Finished(String digest, String artifact) {}

    RunMachine(RunGraph graph) {
        this.graph = graph;
        this.ready = new ReadyUnits(graph);
        this.demand = new Demand(graph);
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
            finish(e.unit(), new Finished(e.digest(), e.artifact()));
        } else if (fact instanceof RunFact.Reused e) {
            finish(e.unit(), new Finished(e.digest(), e.artifact()));
        } else if (fact instanceof RunFact.Lost lost) {
            ready.add(graph.unit(lost.unit()));
        } else if (fact instanceof RunFact.Failed e) {
            block(e.unit());
        }
    }

    /** A unit that can be begun shall not be, for now. */
    void defer(Unit<?> unit) {
        ready.remove(unit.name());
    }

    /** It can be begun again. */
    void recall(Unit<?> unit) {
        ready.add(unit);
    }

    private void finish(UnitName unit, Finished result) {
        ready.settle(unit);
        demand.settle(unit);
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
        demand.settle(unit);
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

    /** What a unit that is ready will be found under. */
    String digest(Unit<?> unit) {
        return unit.ingredients().digest(inputs(unit));
    }

    /** Digests of the inputs of a unit that is ready. */
    List<String> inputs(Unit<?> unit) {
        return unit.inputs().stream()
                .map(input -> result(input.name()).orElseThrow().digest())
                .toList();
    }

    /** The products that no unit will read any more, of those that were read when this was last asked. */
    List<UnitName> unneeded() {
        return demand.ended();
    }
}
