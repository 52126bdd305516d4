package org.obverse.api.event;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** How far work that is under way has come: shown, never stored. The latest of one piece of work replaces those before it. */
public sealed interface Progress {
    /** What is done of {@link #total}. */
    long done();

    /** Steps, epochs or items; at least 1. */
    long total();

    /**
     * Of a unit that is being performed.
     *
     * @param figures such as the current loss, by name; the mean over the batch where the unit says nothing else
     */
    record OfUnit(UnitName unit, long done, long total, Map<String, Double> figures) implements Progress {
        public OfUnit {
            figures = Collections.unmodifiableMap(new LinkedHashMap<>(figures));
        }
    }

    /**
     * Of work on many items outside of units, such as decoding pictures while the plan is checked.
     *
     * @param task what is done to the items
     */
    record OfTask(String task, long done, long total) implements Progress {}
}
