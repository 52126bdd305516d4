package org.obverse.cli.figure;

/**
 * A value and what is known of it.
 *
 * @param value NaN if there is none
 * @param bounds of 95 %
 */
public record Estimate(double value, Bounds bounds) {
    /** Of what was not measured. */
    public static final Estimate NONE = new Estimate(Double.NaN, Bounds.NONE);

    public boolean isDefined() {
        return !Double.isNaN(value);
    }

    /** Such as {@code 36.0 % [31.2, 41.0]}; {@code –} if there is no value. */
    public String text(ValueFormat format) {
        return format.withSign(value) + (bounds.areKnown() ? " " + bounds.text(format) : "");
    }
}
