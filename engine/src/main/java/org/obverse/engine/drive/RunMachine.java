package org.obverse.engine.drive;

import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.obverse.api.event.RunFact;
import org.obverse.api.event.UnitName;
import org.obverse.engine.graph.Digests;
import org.obverse.engine.graph.RunGraph;
import org.obverse.engine.graph.Unit;

/** A pure fold of the facts of one attempt, which says what may be done next. */
final class RunMachine {
    private final RunGraph graph;
    /** Inputs that are not finished yet, by unit. */
    private final int[] missing;

    private final Demand demand;
    private final ReadyUnits ready;
    /** Of what each was made from. Listeners look at them from threads of their own. */
    private final Digests digests;

    private final BitSet finished;
    private final BitSet blocked;

    RunMachine(RunGraph graph) {
        this.graph = graph;
        this.ready = new ReadyUnits(graph);
        this.demand = new Demand(graph);
        this.missing = new int[graph.size()];
        this.digests = new Digests(graph.size());
        this.finished = new BitSet(graph.size());
        this.blocked = new BitSet(graph.size());
        for (int unit = 0; unit < missing.length; unit++) {
            missing[unit] = graph.inputs(unit).length;
            if (missing[unit] == 0) {
                ready.add(unit);
            }
        }
    }

    void apply(RunFact fact) {
        if (fact instanceof RunFact.Offered offered) {
            ready.remove(graph.index(offered.unit()));
        } else if (fact instanceof RunFact.Completed e) {
            finish(graph.index(e.unit()), e.digest());
        } else if (fact instanceof RunFact.Reused e) {
            finish(graph.index(e.unit()), e.digest());
        } else if (fact instanceof RunFact.Lost lost) {
            ready.add(graph.index(lost.unit()));
        } else if (fact instanceof RunFact.Failed e) {
            block(graph.index(e.unit()));
        }
    }

    /** A unit that can be begun shall not be, for now. */
    void defer(Unit<?> unit) {
        ready.remove(graph.index(unit.name()));
    }

    /** It can be begun again. */
    void recall(Unit<?> unit) {
        ready.add(graph.index(unit.name()));
    }

    private void finish(int unit, String digest) {
        ready.settle(unit);
        demand.settle(unit);
        digests.put(unit, digest);
        if (!finished.get(unit)) {
            finished.set(unit);
            for (int reader : graph.readers(unit)) {
                missing[reader]--;
                if (missing[reader] == 0 && !finished.get(reader)) {
                    ready.add(reader);
                }
            }
        }
    }

    private void block(int unit) {
        ready.settle(unit);
        demand.settle(unit);
        if (!blocked.get(unit)) {
            blocked.set(unit);
            for (int reader : graph.readers(unit)) {
                block(reader);
            }
        }
    }

    /** The unit to begin next, of those whose inputs are there and which nobody has begun. */
    Optional<Unit<?>> next() {
        OptionalInt next = ready.next();
        return next.isPresent() ? Optional.of(graph.units().get(next.getAsInt())) : Optional.empty();
    }

    boolean isDone() {
        return finished.cardinality() == graph.size();
    }

    /** The digest of what a unit was made from; nothing if it is not finished. */
    Optional<String> result(UnitName unit) {
        return graph.contains(unit) ? digests.get(graph.index(unit)) : Optional.empty();
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
