package org.obverse.plugins.metrics;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDScope;
import org.obverse.api.tensor.Operators;

/**
 * The squared Fréchet distance of two Gaussians (Dowson and Landau 1982; Heusel et al. 2017, equation 6):
 * {@code |μ₁ − μ₂|² + tr Σ₁ + tr Σ₂ − 2 tr √(Σ₁Σ₂)}.
 *
 * <p>The last trace is the sum of the square roots of the eigenvalues of the symmetric {@code √Σ₁ Σ₂ √Σ₁}, which has the
 * eigenvalues of {@code Σ₁Σ₂}. Unlike the general square root it needs no correction where a covariance is singular;
 * eigenvalues that rounding made negative count as 0.
 *
 * @param operators for the eigenvalues
 */
record FrechetDistance(Operators operators) {
    /**
     * @param mean1 float64 {@code [d]}
     * @param covariance1 float64 {@code [d, d]}
     * @param mean2 as {@code mean1}
     * @param covariance2 as {@code covariance1}
     * @return at least 0
     */
    double between(NDArray mean1, NDArray covariance1, NDArray mean2, NDArray covariance2) {
        try (NDScope scope = new NDScope()) {
            NDArray root1 = root(covariance1);
            NDArray product = root1.matMul(covariance2).matMul(root1);
            double traceOfRoot = rootsOf(operators.eigh(product).get(0)).sum().getDouble();
            double means = mean1.sub(mean2).square().sum().getDouble();
            double distance = means + trace(covariance1) + trace(covariance2) - 2 * traceOfRoot;
            return Math.max(0, distance);
        }
    }

    private NDArray root(NDArray covariance) {
        NDList eigen = operators.eigh(covariance);
        NDArray vectors = eigen.get(1);
        return vectors.mul(rootsOf(eigen.get(0))).matMul(vectors.transpose());
    }

    private static NDArray rootsOf(NDArray eigenvalues) {
        return eigenvalues.maximum(0).sqrt();
    }

    private static double trace(NDArray matrix) {
        int size = Math.toIntExact(matrix.getShape().get(0));
        NDArray identity = matrix.getManager().eye(size, size, 0, matrix.getDataType());
        return matrix.mul(identity).sum().getDouble();
    }
}
