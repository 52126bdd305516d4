package org.obverse.api.place;

import org.obverse.api.event.Summary;
import org.obverse.api.event.UnitName;

/** How an order ended. */
public sealed interface Answer {
    UnitName unit();

    /**
     * The artifact is in the store, whole.
     *
     * @param digest of the unit's ingredients and inputs, with the batch that was used
     * @param artifact SHA-256 of the stored bytes
     */
    record Made(UnitName unit, String digest, String artifact, Summary summary) implements Answer {}

    /** The unit itself failed, or was cancelled; nothing is in the store, and no other place would do better. */
    record Threw(UnitName unit, Throwable failure) implements Answer {}

    /**
     * Whatever performed the unit is gone, and nobody knows how far it came. The unit is offered again, a bounded number of times.
     *
     * @param reason what happened, for people
     */
    record Lost(UnitName unit, String reason) implements Answer {}
}
