package org.obverse.plugins.bido;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import org.obverse.api.tensor.Operators;

/**
 * Constrained covariance (Gretton et al. 2005): {@code √‖K_a K_b‖ / m} for centred kernels. It depends on the batch as
 * well, through the norm.
 */
record Coco(Norm norm, Operators operators) implements Dependence {
    /** Far below what rounding leaves of a squared norm that should be 0: there the root would have an infinite slope. */
    private static final double LEAST = 1e-64;

    @Override
    public NDArray operator(NDArray kernel) {
        return kernel;
    }

    @Override
    public NDArray between(NDArray a, NDArray b) {
        NDArray product = a.matMul(b);
        NDArray squaredNorm = switch (norm) {
            case FROBENIUS -> product.square().sum();
            case SPECTRAL -> largestEigenvalue(product.transpose().matMul(product));
        };
        return squaredNorm.maximum(LEAST).pow(0.25).div(a.getShape().get(0));
    }

    /** The decomposition refuses NaN; passed around it, NaN reaches the loss, where the trainer looks for it. */
    private NDArray largestEigenvalue(NDArray symmetric) {
        NDArray finite = NDArrays.where(symmetric.isNaN(), symmetric.zerosLike(), symmetric);
        return operators.eigh(finite).head().max().add(symmetric.sum().mul(0));
    }
}
