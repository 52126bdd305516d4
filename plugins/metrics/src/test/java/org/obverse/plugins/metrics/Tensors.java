package org.obverse.plugins.metrics;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;

/** Fixture tensors as plain numbers. */
final class Tensors {
    private Tensors() {}

    static double[] values(NDArray tensor) {
        return tensor.toType(DataType.FLOAT64, false).toDoubleArray();
    }

    static double value(NDArray tensor) {
        return values(tensor)[0];
    }

    /** A matrix as its rows. */
    static double[][] rows(NDArray matrix) {
        double[] flat = values(matrix);
        int columns = Math.toIntExact(matrix.getShape().get(1));
        double[][] rows = new double[flat.length / columns][columns];
        for (int i = 0; i < flat.length; i++) {
            rows[i / columns][i % columns] = flat[i];
        }
        return rows;
    }
}
