package org.obverse.engine.drive;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.obverse.api.event.Progress;
import org.obverse.api.event.UnitName;
import org.obverse.engine.artifact.Leases;
import org.obverse.engine.graph.Unit;

/** The units that other drivers on the same store perform, and that are waited for. */
final class Elsewhere {
    private final Leases leases;
    private final RunMachine machine;
    private final Consumer<Progress> shown;
    private final List<Unit<?>> deferred = new ArrayList<>();
    private final Set<UnitName> awaited = new HashSet<>();

    /**
     * @param shown is told once that a unit is waited for, and once that it is no longer
     */
    Elsewhere(Leases leases, RunMachine machine, Consumer<Progress> shown) {
        this.leases = leases;
        this.machine = machine;
        this.shown = shown;
    }

    /** Whether another driver performs the unit; if not, none can begin with it until it is released here. */
    boolean performs(Unit<?> unit, String digest) {
        if (leases.take(digest)) {
            return false;
        }
        machine.defer(unit);
        deferred.add(unit);
        if (awaited.add(unit.name())) {
            show(unit.name(), 0);
        }
        return true;
    }

    void release(String digest) {
        leases.release(digest);
    }

    boolean isEmpty() {
        return deferred.isEmpty();
    }

    /**
     * Lets what is waited for be looked at again, if it is time to: it may be finished, or its driver may have ended. Says whether it is
     * time.
     */
    boolean recall() {
        boolean due = leases.isDue();
        if (due) {
            deferred.forEach(machine::recall);
            deferred.clear();
        }
        return due;
    }

    /** The unit is finished, or performed here. */
    void endWait(UnitName unit) {
        if (awaited.remove(unit)) {
            show(unit, 1);
        }
    }

    private void show(UnitName unit, int done) {
        shown.accept(new Progress.OfTask("waiting for another run, which performs " + unit, done, 1));
    }
}
