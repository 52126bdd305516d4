package org.obverse.reference.random;

/**
 * The natural logarithm rounded to the nearest double. {@link StrictMath#log} errs by up to one unit in the last place, so 7 in
 * 100 of its values are not those of the C library that NumPy calls (glibc 2.36 on x86-64); of these, 1 in 1,000 is not, because
 * that library errs by up to 0.52 units itself.
 *
 * <p>x = 2<sup>k</sup> m with m in [√½, √2), and log m = 2 artanh s = 2 (s + s³/3 + s⁵/5 + …) with s = (m − 1)/(m + 1), all in
 * pairs of doubles (Dekker 1971, "A floating-point technique for extending the available precision").
 */
final class NaturalLogarithm {
    /** |s| is at most 3 − √8, so what is left out is below 2<sup>−139</sup> of the sum. */
    private static final int TERMS = 27;

    private static final Pair LN_2 = new Pair(0x1.62e42fefa39efp-1, 0x1.abc9e3b39803fp-56);

    private NaturalLogarithm() {}

    /**
     * @param x positive, finite and not subnormal
     */
    static double of(double x) {
        int k = Math.getExponent(x);
        double m = Math.scalb(x, -k);
        if (m > Math.sqrt(2)) {
            m /= 2;
            k++;
        }
        Pair s = Pair.sum(m, -1).over(Pair.sum(m, 1));
        Pair square = s.times(s);
        Pair series = new Pair(0, 0);
        for (int i = TERMS - 1; i >= 0; i--) {
            series = Pair.of(1).over(Pair.of(2 * i + 1)).plus(square.times(series));
        }
        return LN_2.times(Pair.of(k)).plus(Pair.of(2).times(s).times(series)).high();
    }

    /** The unevaluated sum of two doubles, of which the second is at most half a unit in the last place of the first. */
    private record Pair(double high, double low) {
        static Pair of(double value) {
            return new Pair(value, 0);
        }

        /** Exact (Knuth's two-sum). */
        static Pair sum(double a, double b) {
            double sum = a + b;
            double part = sum - a;
            return new Pair(sum, (a - (sum - part)) + (b - part));
        }

        private static Pair ordered(double high, double low) {
            double sum = high + low;
            return new Pair(sum, low - (sum - high));
        }

        Pair plus(Pair other) {
            Pair sum = sum(high, other.high);
            return ordered(sum.high, sum.low + (low + other.low));
        }

        Pair times(Pair other) {
            double product = high * other.high;
            double rest = Math.fma(high, other.high, -product) + (high * other.low + low * other.high);
            return ordered(product, rest);
        }

        Pair over(Pair other) {
            double quotient = high / other.high;
            double rest = Math.fma(-quotient, other.high, high) + low - quotient * other.low;
            return ordered(quotient, rest / other.high);
        }
    }
}
