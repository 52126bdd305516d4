package org.obverse.engine.run;

import java.util.Map;

/** Hears how units get on: transient, never journalled, called from the workers' threads. */
@FunctionalInterface
public interface ProgressListener {
    /**
     * @param done of {@code total} steps or epochs of the unit
     * @param figures such as the current loss, by name
     */
    void progress(Unit unit, long done, long total, Map<String, Double> figures);
}
