package org.obverse.engine.run;

import java.util.ArrayList;
import java.util.List;

/** Asks over the bus who performs a unit. Claiming is all that a subscriber may do with it. */
final class UnitCall {
    private final Unit unit;
    private final List<Claim> claims = new ArrayList<>();

    UnitCall(Unit unit) {
        this.unit = unit;
    }

    Unit unit() {
        return unit;
    }

    void claim(String component, Work work) {
        claims.add(new Claim(component, work));
    }

    Work onlyClaim() {
        if (claims.size() == 1) {
            return claims.get(0).work();
        }
        throw new IllegalStateException("%s is claimed by %s; exactly one component must fill the slot"
                .formatted(unit.id(), claims.stream().map(Claim::component).toList()));
    }

    private record Claim(String component, Work work) {}

    /** Performs a unit, off the bus and off the run's thread. */
    @FunctionalInterface
    interface Work {
        Product perform(Unit unit, UnitContext context) throws Exception;
    }
}
