package org.obverse.cli.figure;

/**
 * Where an interval begins and ends.
 *
 * @param low NaN if there is none
 * @param high likewise
 */
public record Bounds(double low, double high) {
    /** Of what is not known at all. */
    public static final Bounds NONE = new Bounds(Double.NaN, Double.NaN);

    public boolean areKnown() {
        return !Double.isNaN(low);
    }

    /** Such as {@code [54.0, 68.1]}; empty where there are none. */
    public String text(ValueFormat format) {
        return areKnown() ? "[" + format.of(low) + ", " + format.of(high) + "]" : "";
    }
}
