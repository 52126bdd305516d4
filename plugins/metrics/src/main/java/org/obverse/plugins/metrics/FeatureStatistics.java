package org.obverse.plugins.metrics;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;

/**
 * Mean and covariance of features that arrive in batches, in float64. Batches are merged by the update of Chan, Golub and
 * LeVeque (1979), so that neither their sizes nor a large mean costs precision, and no feature is kept.
 */
final class FeatureStatistics {
    private final NDArray mean;
    private final NDArray scatter;
    private long count;

    /**
     * @param manager to which the two arrays are attached
     * @param features the length d of one feature vector
     */
    FeatureStatistics(NDManager manager, long features) {
        mean = manager.zeros(new Shape(features), DataType.FLOAT64);
        scatter = manager.zeros(new Shape(features, features), DataType.FLOAT64);
    }

    /**
     * @param batch float64 {@code [n, d]}, n at least 1
     */
    void add(NDArray batch) {
        try (NDScope scope = new NDScope()) {
            double n = batch.getShape().get(0);
            NDArray batchMean = batch.mean(new int[] {0});
            NDArray centered = batch.sub(batchMean);
            NDArray shift = batchMean.sub(mean);
            NDArray column = shift.reshape(-1, 1);
            scatter.addi(centered.transpose().matMul(centered));
            scatter.addi(column.matMul(column.transpose()).mul(count * n / (count + n)));
            mean.addi(shift.mul(n / (count + n)));
            count += (long) n;
        }
    }

    /** The number of feature vectors so far. */
    long count() {
        return count;
    }

    /** {@code [d]}. */
    NDArray mean() {
        return mean;
    }

    /** {@code [d, d]}, with the denominator N − 1; N must be at least 2. */
    NDArray covariance() {
        return scatter.div(count - 1.0);
    }
}
