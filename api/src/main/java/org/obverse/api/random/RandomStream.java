package org.obverse.api.random;

/**
 * A reproducible sequence of draws that belongs to one place in a run.
 *
 * <p>A stream is named by a seed and a path, such as {@code optimize/class=17/candidate=3/step=4}. Two streams with
 * different names are independent; asking for a child consumes nothing. Draws therefore depend neither on batch size,
 * nor on threads, nor on what anything else drew. A stream is used by one thread at a time.
 */
public interface RandomStream {
    /** The independent stream of a named part. */
    RandomStream child(String name);

    /** The independent stream of one of many, as in {@code child("class", 17)}. */
    RandomStream child(String name, long index);

    /** Uniform on [0, 1), with 53 random bits. */
    double uniform();

    /** Uniform on [low, high). */
    default double uniform(double low, double high) {
        return low + (high - low) * uniform();
    }

    /**
     * Uniform on 0, …, bound − 1, without bias.
     *
     * @throws IllegalArgumentException if {@code bound} is not positive
     */
    int below(int bound);

    /** Standard normal. */
    double gaussian();

    /** {@code count} standard normal draws, rounded to float. */
    default float[] gaussians(int count) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) gaussian();
        }
        return values;
    }

    /** A uniformly random order of 0, …, count − 1. */
    default int[] permutation(int count) {
        int[] order = new int[count];
        for (int i = 0; i < count; i++) {
            int j = below(i + 1);
            order[i] = order[j];
            order[j] = i;
        }
        return order;
    }
}
