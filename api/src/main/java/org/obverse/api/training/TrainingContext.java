package org.obverse.api.training;

import java.util.Map;
import org.obverse.api.random.RandomStream;

/** What a training run is given, and how it reports. Used on one thread. */
public interface TrainingContext {
    /** For initial values, order, augmentation and dropout. */
    RandomStream random();

    /** To be called at least once per step: returns, or throws to end a cancelled run. */
    void checkpoint();

    /**
     * Reports progress, for displays only.
     *
     * @param done of {@code total} steps or epochs
     * @param figures such as the current loss, by name
     */
    void progress(long done, long total, Map<String, Double> figures);
}
