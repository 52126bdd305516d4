package org.obverse.engine.plan;

import org.obverse.api.plugin.Meaning;
import org.obverse.engine.plan.ObserverPlan.Importance;

/** What a plan may write beside an observer's own keys. */
record ObserverKeys(
        @Meaning("whether the run goes on when the observer fails")
        Importance bestEffort) {
    static final String KEY = "best-effort";
    static final ObserverKeys DEFAULT = new ObserverKeys(Importance.REQUIRED);
}
