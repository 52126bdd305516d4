package org.obverse.engine.drive;

import java.util.Optional;
import org.obverse.engine.graph.Unit;

/** Asks over the bus where a unit is performed. Claiming is all that a subscriber may do with it; the first claim stands. */
public final class Offer {
    private final Unit<?> unit;
    private Optional<Place> claim = Optional.empty();

    Offer(Unit<?> unit) {
        this.unit = unit;
    }

    public Unit<?> unit() {
        return unit;
    }

    /** Takes the unit, unless another place was faster. */
    public void claim(Place place) {
        if (claim.isEmpty()) {
            claim = Optional.of(place);
        }
    }

    /** Who performs the unit; nobody if all places are busy. */
    Optional<Place> claimed() {
        return claim;
    }
}
