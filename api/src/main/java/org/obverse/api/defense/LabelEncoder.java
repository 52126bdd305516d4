package org.obverse.api.defense;

import ai.djl.ndarray.NDArray;

/** Turns class labels into the distributions that cross-entropy compares with. At most one per plan. */
public non-sealed interface LabelEncoder extends DefensePart {
    /**
     * @param labels int64 {@code [N]}
     * @param classes at least 2
     * @return float32 {@code [N, classes]} whose rows sum to 1; entries may be negative
     */
    NDArray encode(NDArray labels, int classes, Epoch epoch);

    /** The schedule of its strength. */
    Schedule schedule();
}
