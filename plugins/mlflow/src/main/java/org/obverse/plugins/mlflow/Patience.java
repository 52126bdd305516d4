package org.obverse.plugins.mlflow;

import java.time.Duration;

/**
 * How long MLflow is waited for.
 *
 * @param retry after a failure until the next attempt; doubled with each, up to half a minute
 * @param end how long the run waits at its end
 * @param messages how many are kept for a store that cannot be reached; progress only for half of it
 */
record Patience(Duration retry, Duration end, int messages) {
    static final Patience DEFAULT = new Patience(Duration.ofSeconds(1), Duration.ofSeconds(20), 10_000);
    static final Duration LONGEST_RETRY = Duration.ofSeconds(30);
}
