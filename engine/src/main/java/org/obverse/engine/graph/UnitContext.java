package org.obverse.engine.graph;

import java.nio.file.Path;
import java.util.Map;

/** What the work on a unit is given, on its thread; what it owns is closed once the product is stored. */
public interface UnitContext extends Lifetime {
    /** How many images may pass through a network at once: the plan's batch, or less if memory was short. */
    int batch();

    /** To be called at least once per step: returns, or throws a {@link CancelledException} if the run is to end. */
    void checkpoint();

    /**
     * Reports progress, for listeners only.
     *
     * @param figures such as the current loss, by name
     */
    void progress(long done, long total, Map<String, Double> figures);

    /** A file, which may not exist, for what the unit has so far; it is removed once the unit is finished. */
    Path unfinished();
}
