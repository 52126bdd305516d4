package org.obverse.plugins.metrics;

/**
 * When two numbers count as equal where a comparison decides a count.
 *
 * <p>Features and logits are float32, and their last bits depend on the batch in which they were computed and on the
 * processor: by 2e-7 of a vector's length behind a small network, by 3e-6 behind a ResNet-18. What a metric counts must not
 * hang on them, so numbers count as equal whose difference float32 cannot vouch for.
 */
final class Ties {
    /** Ten times what was measured, for a distance and a radius take two vectors each, and networks are deeper. */
    static final double TOLERANCE = 3e-5;

    private Ties() {}

    /**
     * The largest difference of two numbers that count as equal.
     *
     * @param size of the float32 values that they were made of, at least 0
     */
    static double margin(double size) {
        return TOLERANCE * size;
    }
}
