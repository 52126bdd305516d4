package org.obverse.reference.random;

/**
 * The stream of {@code numpy.random.RandomState(seed)}, which {@code numpy.random.seed(seed)} also installs as NumPy's
 * global stream. NumPy has frozen it, so it holds for every version.
 *
 * <p>Not safe for use by several threads.
 */
public final class NumpyRandom {
    private final MersenneTwister bits;
    private double spareGaussian = Double.NaN;

    /**
     * The stream of a seed.
     *
     * @throws IllegalArgumentException if the seed is not in 0, …, 2^32 − 1, which NumPy refuses as well
     */
    public NumpyRandom(long seed) {
        if (seed < 0 || seed > 0xffffffffL) {
            throw new IllegalArgumentException(
                    "NumPy's seed " + seed + " is out of range; it takes 0 to 4294967295, both included");
        }
        bits = new MersenneTwister((int) seed);
    }

    /** A raw output of the generator, in 0, …, 2^32 − 1. */
    public long bits32() {
        return Integer.toUnsignedLong(bits.next());
    }

    /** {@code random_sample()}: uniform on [0, 1) with 53 bits, of which the first output gives the upper 27. */
    public double uniform() {
        int upper = bits.next() >>> 5;
        int lower = bits.next() >>> 6;
        return (upper * 0x1p26 + lower) * 0x1p-53;
    }

    /**
     * {@code randn()}: standard normal by Marsaglia's polar method. The draws come in pairs f·x2, f·x1; the second one
     * is kept for the next call.
     *
     * <p>All but 1 in 3,000 are NumPy's to the last bit, and those by at most 3 units in the last place: NumPy's logarithm is the C
     * library's, which does not always round to the nearest double (measured over 2,000,000 draws of NumPy 2.4.6 with glibc
     * 2.36).
     */
    public double gaussian() {
        if (!Double.isNaN(spareGaussian)) {
            double spare = spareGaussian;
            spareGaussian = Double.NaN;
            return spare;
        }
        double x1;
        double x2;
        double r2;
        do {
            x1 = 2 * uniform() - 1;
            x2 = 2 * uniform() - 1;
            r2 = x1 * x1 + x2 * x2;
        } while (r2 >= 1 || r2 == 0);
        double f = Math.sqrt(-2 * NaturalLogarithm.of(r2) / r2);
        spareGaussian = f * x1;
        return f * x2;
    }

    /** {@code randn(count)}: as many calls of {@link #gaussian()}. */
    public double[] gaussians(int count) {
        double[] values = new double[count];
        for (int i = 0; i < count; i++) {
            values[i] = gaussian();
        }
        return values;
    }

    /**
     * {@code shuffle(list)}, for a Python list or an array of one dimension: the shuffled list is list[order[0]],
     * list[order[1]], … with the order returned here, of {@code count} elements.
     */
    public int[] shuffledOrder(int count) {
        int[] order = Orders.ascending(count);
        for (int i = count - 1; i >= 1; i--) {
            Orders.swap(order, i, atMost(i));
        }
        return order;
    }

    /** Uniform on 0, …, maximum by masked rejection, as NumPy's {@code random_interval}. */
    private int atMost(int maximum) {
        int mask = -1 >>> Integer.numberOfLeadingZeros(maximum);
        int value;
        do {
            value = bits.next() & mask;
        } while (value > maximum);
        return value;
    }
}
