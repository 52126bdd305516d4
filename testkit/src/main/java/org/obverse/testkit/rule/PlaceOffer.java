package org.obverse.testkit.rule;

import java.util.ArrayList;
import java.util.List;
import org.obverse.api.event.UnitName;
import org.obverse.api.place.Offer;
import org.obverse.api.place.Place;

/** An offer, and who claimed it. */
final class PlaceOffer implements Offer {
    private final UnitName unit;
    private final List<Place> claims = new ArrayList<>();
    private boolean over;
    private int late;

    PlaceOffer(UnitName unit) {
        this.unit = unit;
    }

    @Override
    public UnitName unit() {
        return unit;
    }

    @Override
    public String component() {
        return "bench";
    }

    @Override
    public synchronized void claim(Place claimant) {
        if (over) {
            late++;
        } else {
            claims.add(claimant);
        }
    }

    /** It was considered. */
    synchronized void end() {
        over = true;
    }

    synchronized boolean isClaimed() {
        return !claims.isEmpty();
    }

    /** By whom it was claimed while it was considered. */
    synchronized List<Place> claims() {
        return List.copyOf(claims);
    }

    /** How often it was claimed later. */
    synchronized int late() {
        return late;
    }
}
