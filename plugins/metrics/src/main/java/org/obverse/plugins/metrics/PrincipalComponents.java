package org.obverse.plugins.metrics;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import java.util.Arrays;
import org.obverse.api.tensor.Operators;

/**
 * Points in the directions in which they vary most (Pearson 1901).
 *
 * @param operators for the eigenvectors
 */
record PrincipalComponents(Operators operators) {
    /**
     * @param points float64 {@code [n, d]}
     * @param most how many components to keep
     * @return {@code [n][min(d, most)]}, centred, the widest first; the largest entry of each direction is positive
     */
    double[][] of(NDArray points, int most) {
        try (NDScope scope = new NDScope()) {
            NDArray centred = points.sub(points.mean(new int[] {0}, true));
            NDArray vectors =
                    operators.eigh(centred.transpose().matMul(centred)).get(1);
            int dimensions = Math.toIntExact(points.getShape().get(1));
            int kept = Math.min(dimensions, most);
            double[] flat = centred.matMul(vectors).toDoubleArray();
            double[] directions = vectors.toDoubleArray();
            double[][] components = new double[flat.length / dimensions][kept];
            for (int c = 0; c < kept; c++) {
                int column = dimensions - 1 - c;
                double sign = sign(directions, column, dimensions);
                for (int i = 0; i < components.length; i++) {
                    components[i][c] = sign * flat[i * dimensions + column];
                }
            }
            return components;
        }
    }

    private static double sign(double[] vectors, int column, int dimensions) {
        double largest = 0;
        for (int row = 0; row < dimensions; row++) {
            double entry = vectors[row * dimensions + column];
            largest = Math.abs(entry) > Math.abs(largest) ? entry : largest;
        }
        return Math.signum(largest);
    }

    /** The first two components, so small that a descent begins in one point: the first has a standard deviation of 1e-4. */
    static double[][] start(double[][] components) {
        double deviation = Math.sqrt(Arrays.stream(components)
                .mapToDouble(row -> row[0] * row[0])
                .average()
                .orElse(1));
        return Arrays.stream(components)
                .map(row -> new double[] {row[0] / deviation * 1e-4, (row.length > 1 ? row[1] : 0) / deviation * 1e-4})
                .toArray(double[][]::new);
    }
}
