package org.obverse.plugins.losses;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import org.obverse.api.defense.DataTransform;
import org.obverse.api.defense.Epoch;
import org.obverse.api.random.RandomStream;

/**
 * With probability a the label is drawn anew, uniformly from all C classes: {@code P(ỹ = y) = 1 - a (C - 1) / C} and {@code
 * P(ỹ = k) = a / C} for any other class (Xie et al. 2016, arXiv 1605.00055, section 3.1). The expected label is the smoothed
 * one with α = a. Drawn anew in every epoch.
 *
 * <p>A label that an encoder made soft stays as soft: the largest entry of its row and that of the drawn class change
 * places.
 *
 * @param share a
 */
record DisturbedLabels(double share) implements DataTransform {
    @Override
    public boolean changesLabelsAlone() {
        return true;
    }

    @Override
    public Batch transform(Batch batch, Epoch epoch, RandomStream random) {
        if (share == 0) {
            return batch;
        }
        NDArray targets = batch.targets();
        int classes = Math.toIntExact(targets.getShape().get(1));
        float[] rows = targets.toType(DataType.FLOAT32, false).toFloatArray();
        for (int row = 0; row < rows.length / classes; row++) {
            RandomStream stream = random.child("sample", row);
            if (stream.uniform() < share) {
                exchange(rows, largest(rows, row * classes, classes), row * classes + stream.below(classes));
            }
        }
        NDArray disturbed = targets.getManager().create(rows, targets.getShape());
        return new Batch(batch.images(), disturbed.toType(targets.getDataType(), false));
    }

    private static int largest(float[] values, int from, int count) {
        int largest = from;
        for (int i = from; i < from + count; i++) {
            largest = values[i] > values[largest] ? i : largest;
        }
        return largest;
    }

    private static void exchange(float[] values, int i, int j) {
        float kept = values[i];
        values[i] = values[j];
        values[j] = kept;
    }
}
