package org.obverse.engine.drive;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.obverse.api.event.UnitName;
import org.obverse.api.place.Answer;

/** How often what performed a unit was lost. */
final class Losses {
    private static final int OFFERS = 3;

    private final Map<UnitName, Integer> losses = new HashMap<>();

    /** The failure of the unit, if it was offered often enough. */
    Optional<UnitLostException> count(Answer.Lost lost) {
        return losses.merge(lost.unit(), 1, Integer::sum) < OFFERS
                ? Optional.empty()
                : Optional.of(new UnitLostException(lost.unit(), OFFERS, lost.reason()));
    }
}
