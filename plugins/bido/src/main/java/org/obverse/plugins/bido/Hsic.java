package org.obverse.plugins.bido;

import ai.djl.ndarray.NDArray;

/**
 * The normalised Hilbert-Schmidt independence criterion (Fukumizu et al. 2008, the normalised cross-covariance operator)
 * that BiDO calls HSIC: {@code tr(R_a R_b)} with {@code R = K (K + ε m I)⁻¹} for a centred kernel K.
 *
 * <p>It lies in [0, m - 1], and against a linear kernel of C classes in [0, C - 1]: it grows with the batch.
 *
 * @param epsilon ε: eigenvalues of K far below ε m count as 0, those far above as 1
 */
record Hsic(double epsilon) implements Dependence {
    @Override
    public NDArray operator(NDArray kernel) {
        int m = Math.toIntExact(kernel.getShape().get(0));
        NDArray ridge = kernel.getManager().eye(m, m, 0, kernel.getDataType()).mul(epsilon * m);
        return kernel.matMul(kernel.add(ridge).inverse());
    }

    /** Both are symmetric, so that the trace of the product is the sum of the products of their entries. */
    @Override
    public NDArray between(NDArray a, NDArray b) {
        return a.mul(b).sum();
    }
}
