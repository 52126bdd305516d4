package org.obverse.engine.drive;

import org.obverse.api.event.UnitName;

/** Whatever performed a unit was lost, as often as the unit was offered. */
public final class UnitLostException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * @param reason of the last time
     */
    UnitLostException(UnitName unit, int offers, String reason) {
        super("unit %s was begun %d times, and each time what performed it was lost; the last time %s"
                .formatted(unit, offers, reason));
    }
}
