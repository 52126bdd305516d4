package org.obverse.engine.listen;

import java.math.BigDecimal;
import java.time.Duration;

/**
 * How long a run bears with its listeners.
 *
 * @param silence how long it waits for a listener that it depends on before it says so
 * @param grace how long it waits for a best-effort one that is far behind, or has yet to hear the end, before it gives it up
 * @param behind how many messages a best-effort listener may be behind; progress is left out from half of that
 */
public record Patience(Duration silence, Duration grace, int behind) {
    public static final Patience DEFAULT = new Patience(Duration.ofSeconds(5), Duration.ofSeconds(30), 10_000);

    /** For people: as few digits as it takes. */
    static String seconds(Duration time) {
        return BigDecimal.valueOf(time.toMillis(), 3).stripTrailingZeros().toPlainString();
    }
}
