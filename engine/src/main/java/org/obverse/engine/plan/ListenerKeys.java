package org.obverse.engine.plan;

import org.obverse.api.plugin.Meaning;
import org.obverse.engine.plan.ListenerPlan.Importance;

/** What a plan may write beside a listener's own keys. */
record ListenerKeys(
        @Meaning("whether the run goes on when the listener fails")
        Importance bestEffort) {
    static final String KEY = "best-effort";
    static final ListenerKeys DEFAULT = new ListenerKeys(Importance.REQUIRED);
}
