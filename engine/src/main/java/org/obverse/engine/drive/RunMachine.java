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
    /** Inputs that are not finished yet, of units that wait for some. */
    private final Map<UnitName, Integer> missing = new HashMap<>();

    private final Demand demand;
    private final ReadyUnits ready;
    /** The digest of what each was made from. Listeners look at it from threads of their own. */
    private final Map<UnitName, String> finished = new ConcurrentHashMap<>();

    private final Set<UnitName> blocked = new HashSet<>();

    RunMachine(RunGraph graph) {
        this.graph = graph;
        this.ready = new ReadyUnits(graph);
        this.demand = new Demand(graph);
        for (Unit<?> unit : graph.units()) {
            if (unit.inputs().isEmpty()) {
                ready.add(unit);
            } else {
                missing.put(unit.name(), RunGraph.inputs(unit).size());
            }
        }
    }

    void apply(RunFact fact) {
        if (fact instanceof RunFact.Offered offered) {
            ready.remove(offered.unit());
        } else if (fact instanceof RunFact.Completed e) {
            finish(e.unit(), e.digest());
        } else if (fact instanceof RunFact.Reused e) {
            finish(e.unit(), e.digest());
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

    private void finish(UnitName unit, String digest) {
        ready.settle(unit);
        demand.settle(unit);
        // Of millions of equal texts, one is kept.
        String planned = graph.digest(unit);
        if (finished.put(unit, digest.equals(planned) ? planned : digest) == null) {
            for (UnitName reader : graph.readers(unit)) {
                if (missing.merge(reader, -1, Integer::sum) == 0) {
                    missing.remove(reader);
                    if (!finished.containsKey(reader)) {
                        ready.add(graph.unit(reader));
                    }
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
        return finished.size() == graph.size();
    }

    /** The digest of what a unit was made from; nothing if it is not finished. */
    Optional<String> result(UnitName unit) {
        return Optional.ofNullable(finished.get(unit));
    }

    /** What a unit that is ready will be found under. */
    String digest(Unit<?> unit) {
        return unit.ingredients().digest(inputs(unit));
    }

    /** Digests of the inputs of a unit that is ready. */
    List<String> inputs(Unit<?> unit) {
        return unit.inputs().stream()
                .map(input -> result(input.name()).orElseThrow())
                .toList();
    }

    /** The products that no unit will read any more, of those that were read when this was last asked. */
    List<UnitName> unneeded() {
        return demand.ended();
    }
}
