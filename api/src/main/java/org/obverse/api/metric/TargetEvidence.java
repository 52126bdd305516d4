package org.obverse.api.metric;

import java.util.List;
import org.obverse.api.network.Classifier;

/** What a metric sees of a target alone, whoever attacks it. */
public interface TargetEvidence extends Evidence {
    /** The model itself, without output filters. */
    Classifier target();

    /**
     * Rows of {@link org.obverse.api.data.Part#TRAINING} that the target was not trained on, as a defense held them out to judge its
     * epochs by: neither members nor others. Ascending; most often none.
     */
    default List<Integer> heldOut() {
        return List.of();
    }
}
