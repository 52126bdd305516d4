package org.obverse.plugins.smoothing;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import org.obverse.api.defense.Epoch;
import org.obverse.api.defense.LabelEncoder;
import org.obverse.api.defense.Schedule;

/**
 * Labels mixed with the uniform distribution over C classes: {@code (1 - α) onehot(y) + α / C} (Struppek et al. 2024,
 * equation 2), for every α ≤ 1. With these targets, cross-entropy and its gradient are those of the published loss
 * {@code (1 - α) (-log p_y) + α (-1/C Σ_k log p_k)}.
 */
record SmoothedLabels(Schedule schedule) implements LabelEncoder {
    @Override
    public NDArray encode(NDArray labels, int classes, Epoch epoch) {
        double alpha = schedule.value(epoch);
        return labels.oneHot(classes, DataType.FLOAT32).mul(1 - alpha).add(alpha / classes);
    }
}
