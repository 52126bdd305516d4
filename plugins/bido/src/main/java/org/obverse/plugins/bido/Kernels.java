package org.obverse.plugins.bido;

import ai.djl.ndarray.NDArray;

/** Kernel matrices of the m samples of a batch, float64, differentiable, on the device of their argument. */
final class Kernels {
    private Kernels() {}

    /**
     * {@code K_ij = exp(-‖a_i - a_j‖² / (2 σ² n))}: the width grows with the number n of entries, so that one σ serves
     * layers of every size (BiDO, Peng et al. 2022, with σ = 5).
     *
     * @param a float64 {@code [m, n]}
     * @return {@code [m, m]}
     */
    static NDArray gaussian(NDArray a, double sigma) {
        NDArray squares = a.square().sum(new int[] {1}, true);
        NDArray distances = squares.add(squares.transpose()).sub(linear(a).mul(2));
        return distances.mul(-1 / (2 * sigma * sigma * a.getShape().get(1))).exp();
    }

    /**
     * {@code A Aᵀ}.
     *
     * @param a float64 {@code [m, n]}
     * @return {@code [m, m]}
     */
    static NDArray linear(NDArray a) {
        return a.matMul(a.transpose());
    }

    /**
     * {@code H K H} with {@code H = I - 11ᵀ / m}.
     *
     * @param kernel symmetric, {@code [m, m]}
     */
    static NDArray centered(NDArray kernel) {
        NDArray means = kernel.mean(new int[] {1}, true);
        return kernel.sub(means).sub(means.transpose()).add(kernel.mean());
    }
}
