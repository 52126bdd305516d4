package org.obverse.engine.drive;

import java.util.Optional;
import org.obverse.api.event.UnitName;
import org.obverse.api.place.Offer;
import org.obverse.api.place.Place;
import org.obverse.engine.graph.Unit;

/** Asks over the bus where a unit is performed. Claiming is all that a subscriber may do with it; the first claim stands. */
final class PostedOffer implements Offer {
    private final Unit<?> unit;
    private Optional<Place> claim = Optional.empty();

    PostedOffer(Unit<?> unit) {
        this.unit = unit;
    }

    @Override
    public UnitName unit() {
        return unit.name();
    }

    @Override
    public String component() {
        return unit.component();
    }

    @Override
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
