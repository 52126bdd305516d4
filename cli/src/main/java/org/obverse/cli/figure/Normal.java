package org.obverse.cli.figure;

/** The standard normal distribution. */
final class Normal {
    private static final double LARGEST = 30;
    private static final int HALVINGS = 60;

    private Normal() {}

    /** P(Z ≤ x), by Marsaglia's series, "Evaluating the Normal Distribution" (Journal of Statistical Software 11, 2004). */
    static double below(double x) {
        if (Math.abs(x) > LARGEST) {
            return x < 0 ? 0 : 1;
        }
        double term = x;
        double sum = x;
        double before = 0;
        for (int i = 3; sum != before; i += 2) {
            before = sum;
            term *= x * x / i;
            sum += term;
        }
        return 0.5 + sum * Math.exp(-0.5 * x * x) / Math.sqrt(2 * Math.PI);
    }

    /** The x that is exceeded with a probability of at most one half. */
    static double upper(double probability) {
        double low = 0;
        double high = LARGEST;
        for (int i = 0; i < HALVINGS; i++) {
            double middle = (low + high) / 2;
            if (below(-middle) > probability) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return high;
    }
}
