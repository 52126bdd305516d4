package org.obverse.plugins.faces;

/**
 * The distribution function Φ of the standard normal, which turns a Gaussian z into the uniform number that a face
 * parameter takes.
 */
public final class Phi {
    /** Beyond it, Φ differs from 0 or 1 by less than 1e-15. */
    private static final double TAIL = 8;

    private Phi() {}

    /**
     * Φ(z) in [0, 1], within 1e-14: Φ(z) = ½ + φ(z)·(z + z³/3 + z⁵/(3·5) + z⁷/(3·5·7) + …), of G. Marsaglia,
     * "Evaluating the Normal Distribution", Journal of Statistical Software 11(4), 2004.
     */
    public static double of(double z) {
        if (z < -TAIL) {
            return 0;
        }
        if (z > TAIL) {
            return 1;
        }
        double term = z;
        double sum = z;
        double previous = 0;
        for (int odd = 3; Math.abs(sum - previous) > 0; odd += 2) {
            previous = sum;
            term *= z * z / odd;
            sum += term;
        }
        double density = Math.exp(-z * z / 2) / Math.sqrt(2 * Math.PI);
        return 0.5 + density * sum;
    }
}
