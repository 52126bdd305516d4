package org.obverse.api.generator;

/**
 * The truncation trick: rows below the cutoff become {@code average + psi * (w - average)}.
 *
 * @param psi 1 leaves everything as it is; 0 gives the average
 * @param cutoff the number of leading rows that are truncated, at least 0
 */
public record Truncation(double psi, int cutoff) {
    public static final Truncation NONE = new Truncation(1, 0);
}
