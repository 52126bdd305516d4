package org.obverse.reference.random;

/**
 * MT19937, the generator below NumPy's legacy stream and torch's CPU stream (Matsumoto and Nishimura, "Mersenne
 * Twister", ACM TOMACS 8, 1998; the seeding is {@code init_genrand} of their 2002 revision).
 *
 * <p>Not safe for use by several threads.
 */
public final class MersenneTwister {
    private static final int LENGTH = 624;
    private static final int SHIFT = 397;
    private static final int TWIST = 0x9908b0df;
    private static final int UPPER_BIT = 0x80000000;
    private static final int LOWER_BITS = 0x7fffffff;
    private static final int SEED_MULTIPLIER = 1812433253;

    private final int[] state = new int[LENGTH];
    private int position = LENGTH;

    /** The sequence of a seed; its 32 bits are read as they are, so a negative number is a valid seed. */
    public MersenneTwister(int seed) {
        state[0] = seed;
        for (int i = 1; i < LENGTH; i++) {
            int previous = state[i - 1];
            state[i] = SEED_MULTIPLIER * (previous ^ (previous >>> 30)) + i;
        }
    }

    /** The next 32 random bits. */
    public int next() {
        if (position == LENGTH) {
            twist();
            position = 0;
        }
        int y = state[position++];
        y ^= y >>> 11;
        y ^= (y << 7) & 0x9d2c5680;
        y ^= (y << 15) & 0xefc60000;
        return y ^ (y >>> 18);
    }

    /** The next 64 random bits, of which the first output is the high word. */
    long nextLong() {
        long high = next();
        return high << 32 | Integer.toUnsignedLong(next());
    }

    private void twist() {
        for (int i = 0; i < LENGTH; i++) {
            int y = (state[i] & UPPER_BIT) | (state[(i + 1) % LENGTH] & LOWER_BITS);
            int mask = -(y & 1);
            state[i] = state[(i + SHIFT) % LENGTH] ^ (y >>> 1) ^ (mask & TWIST);
        }
    }
}
