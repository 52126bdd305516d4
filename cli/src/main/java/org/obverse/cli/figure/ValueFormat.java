package org.obverse.cli.figure;

import java.util.List;
import java.util.Locale;

/** How the values of one figure are printed, so that they can be compared down a column. */
public enum ValueFormat {
    PERCENT("%.1f", 100),
    FINE_PERCENT("%.2f", 100),
    WHOLE("%.0f", 1),
    ONE_PLACE("%.1f", 1),
    TWO_PLACES("%.2f", 1),
    FOUR_PLACES("%.4f", 1),
    SCIENTIFIC("%.2e", 1);

    private final String pattern;
    private final double factor;

    ValueFormat(String pattern, double factor) {
        this.pattern = pattern;
        this.factor = factor;
    }

    /**
     * @param unit as {@link org.obverse.api.metric.Measurement.Figure} has it; fractions are printed in per cent
     */
    public static ValueFormat of(String unit, List<Double> values) {
        double largest = values.stream()
                .filter(Double::isFinite)
                .mapToDouble(Math::abs)
                .max()
                .orElse(0);
        if (unit.equals("fraction")) {
            return largest >= 0.1 || largest == 0 ? PERCENT : FINE_PERCENT;
        }
        if (largest >= 1e7) {
            return SCIENTIFIC;
        }
        if (largest >= 1000 || values.stream().allMatch(value -> value == Math.rint(value))) {
            return WHOLE;
        }
        if (largest >= 1) {
            return largest >= 100 ? ONE_PLACE : TWO_PLACES;
        }
        return largest >= 0.01 ? FOUR_PLACES : SCIENTIFIC;
    }

    /** The sign that belongs behind every value, or above a column of them. */
    public String sign() {
        return factor == 100 ? "%" : "";
    }

    /** Without the sign, with a real minus; {@code –} for NaN, {@code ∞} for what has no end. */
    public String of(double value) {
        if (value == Double.POSITIVE_INFINITY) {
            return "∞";
        }
        return Double.isNaN(value)
                ? "–"
                : String.format(Locale.ROOT, pattern, value * factor).replace('-', '−');
    }

    public String withSign(double value) {
        return Double.isNaN(value) || factor == 1 ? of(value) : of(value) + " " + sign();
    }
}
