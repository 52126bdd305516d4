package org.obverse.engine.drive;

import org.obverse.api.event.Summary;
import org.obverse.api.event.UnitName;

/** How an order ended. */
public sealed interface Answer {
    UnitName unit();

    /** The artifact is in the store, whole. */
    record Made(UnitName unit, String digest, String artifact, Summary summary) implements Answer {}

    /** Nothing is in the store. */
    record Threw(UnitName unit, Throwable failure) implements Answer {}
}
