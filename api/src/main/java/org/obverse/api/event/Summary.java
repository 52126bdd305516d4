package org.obverse.api.event;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The figures of a unit's product, small enough to be told.
 *
 * @param figures by name, such as the Acc@1 of a metric or the best score of a stage; may be NaN
 * @param queries images that the target was asked about, by kind of question; empty if it was not asked
 * @param epochs figures by name, one entry per epoch of a training, the first epoch first; empty if nothing was trained
 */
public record Summary(Map<String, Double> figures, Map<String, Long> queries, List<Map<String, Double>> epochs) {
    public static final Summary NONE = new Summary(Map.of(), Map.of(), List.of());

    public Summary {
        figures = Collections.unmodifiableMap(new LinkedHashMap<>(figures));
        queries = Collections.unmodifiableMap(new LinkedHashMap<>(queries));
        epochs = List.copyOf(epochs);
    }
}
