package org.obverse.plugins.rlb;

import ai.djl.ndarray.NDArray;
import org.obverse.api.tensor.Operators;

/**
 * Actions {@code a = tanh(u)} of {@code u = μ + σ ε}, and the logarithms of their densities (Haarnoja et al. 2018, appendix C).
 *
 * @param actions {@code [K, B, d]}
 * @param logDensities {@code [K, B, 1]}
 */
record Squashed(NDArray actions, NDArray logDensities) {
    private static final double HALF_LOG_TAU = 0.5 * Math.log(2 * Math.PI);
    private static final double RELEASED_OFFSET = 1e-6;

    /**
     * @param mean μ, {@code [K, B, d]}
     * @param logDeviation log σ, {@code [K, B, d]}
     * @param noise ε, {@code [K, B, d]}
     */
    static Squashed of(NDArray mean, NDArray logDeviation, NDArray noise, Mode mode, Operators operators) {
        NDArray u = mean.add(logDeviation.exp().mul(noise));
        NDArray actions = u.tanh();
        NDArray gaussian = noise.square().mul(-0.5).sub(logDeviation).sub(HALF_LOG_TAU);
        int[] coordinates = {2};
        return switch (mode) {
            case CORRECTED ->
                new Squashed(actions, gaussian.sub(logSlope(u, operators)).sum(coordinates, true));
            case REFERENCE ->
                new Squashed(
                        actions,
                        gaussian.sub(actions.square()
                                        .neg()
                                        .add(1 + RELEASED_OFFSET)
                                        .log())
                                .mean(coordinates, true));
        };
    }

    /** {@code log(1 − tanh² u) = 2 (log 2 − u − softplus(−2u))}, finite for every u. */
    private static NDArray logSlope(NDArray u, Operators operators) {
        return u.add(operators.softplus(u.mul(-2))).neg().add(Math.log(2)).mul(2);
    }
}
