package org.obverse.engine.drive;

import java.util.ArrayList;
import java.util.List;
import org.obverse.engine.artifact.Leases;
import org.obverse.engine.graph.Unit;

/** The units that other drivers on the same store perform, and that are waited for. */
final class Elsewhere {
    private final Leases leases;
    private final RunMachine machine;
    private final List<Unit<?>> units = new ArrayList<>();

    Elsewhere(Leases leases, RunMachine machine) {
        this.leases = leases;
        this.machine = machine;
    }

    /** Whether another driver performs the unit; if not, none can begin with it until it is released here. */
    boolean performs(Unit<?> unit, String digest) {
        if (leases.take(digest)) {
            return false;
        }
        machine.defer(unit);
        units.add(unit);
        return true;
    }

    void release(String digest) {
        leases.release(digest);
    }

    boolean isEmpty() {
        return units.isEmpty();
    }

    /** Lets what is waited for be looked at again: it may be finished, or its driver may have ended. */
    void recall() {
        units.forEach(machine::recall);
        units.clear();
    }
}
