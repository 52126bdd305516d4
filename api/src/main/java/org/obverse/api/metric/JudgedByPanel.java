package org.obverse.api.metric;

import java.util.List;

/**
 * What the configuration of a metric implements if several evaluation models judge for the metric. A plan that has fewer than two, or
 * names one that it lacks, is refused before the run.
 */
public interface JudgedByPanel {
    /**
     * The names of the evaluation models in the plan. Empty for all of them; a record with the key {@code judges} is given these names
     * before the metric is made.
     */
    List<String> judges();
}
