package org.obverse.plugins.augmentations;

import org.obverse.api.random.RandomStream;

/** The symmetric Beta distribution: the share of one of two equal draws from the Gamma distribution. */
final class Beta {
    private Beta() {}

    /**
     * A draw from Beta(α, α).
     *
     * @param alpha positive and finite
     */
    static double draw(double alpha, RandomStream random) {
        return 1 / (1 + Math.exp(logGamma(alpha, random.child("second")) - logGamma(alpha, random.child("first"))));
    }

    /**
     * The logarithm of a draw from Gamma(α, 1) (Marsaglia and Tsang 2000, ACM TOMS 26, section 4); for α below 1 of {@code
     * Gamma(α + 1) U^(1/α)} (section 6), whose power is 0 in float64 for small α.
     */
    private static double logGamma(double alpha, RandomStream random) {
        if (alpha < 1) {
            return logGamma(alpha + 1, random.child("raised")) + Math.log(1 - random.uniform()) / alpha;
        }
        double d = alpha - 1 / 3.0;
        double c = 1 / Math.sqrt(9 * d);
        while (true) {
            double x = random.gaussian();
            double v = Math.pow(1 + c * x, 3);
            if (v > 0 && Math.log(1 - random.uniform()) < 0.5 * x * x + d - d * v + d * Math.log(v)) {
                return Math.log(d * v);
            }
        }
    }
}
