package org.obverse.cli.figure;

/**
 * Student's t distribution.
 *
 * @param freedom degrees of freedom, at least one
 */
public record Student(int freedom) {
    private static final double LARGEST = 1e9;
    private static final int HALVINGS = 60;

    /** P(T > t) of a t that is not negative, by the finite series 26.7.3 and 26.7.4 of Abramowitz and Stegun (1964). */
    public double above(double t) {
        double angle = Math.atan(t / Math.sqrt(freedom));
        double cosine = Math.cos(angle);
        boolean isOdd = freedom % 2 == 1;
        double term = isOdd ? cosine : 1;
        double sum = freedom == 1 ? 0 : term;
        for (int i = isOdd ? 3 : 2; i < freedom; i += 2) {
            term *= cosine * cosine * (i - 1) / i;
            sum += term;
        }
        double within = Math.sin(angle) * sum;
        return 0.5 - 0.5 * (isOdd ? 2 / Math.PI * (angle + within) : within);
    }

    /** The t that is exceeded with a probability of at most one half. */
    public double upper(double probability) {
        double low = 0;
        double high = 1;
        while (above(high) > probability && high < LARGEST) {
            low = high;
            high *= 2;
        }
        for (int i = 0; i < HALVINGS; i++) {
            double middle = (low + high) / 2;
            if (above(middle) > probability) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return high;
    }
}
