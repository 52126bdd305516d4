package org.obverse.api.metric;

import org.obverse.api.network.Classifier;

/** What a metric sees of a target alone, whoever attacks it. */
public interface TargetEvidence extends Evidence {
    /** The model itself, without output filters. */
    Classifier target();
}
