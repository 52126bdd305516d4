package org.obverse.cli.report.chart;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** One axis of a chart. */
record Scale(double low, double high) {
    /** A range that holds these values, with some air; it starts at 0 where that is near. */
    static Scale around(double low, double high) {
        if (high == low) {
            double air = high == 0 ? 1 : Math.abs(high) / 2;
            return new Scale(low - air, high + air);
        }
        double air = (high - low) * 0.06;
        boolean nearZero = low >= 0 && low < (high - low) / 2;
        return new Scale(nearZero ? 0 : low - air, high + air);
    }

    /** 0 at the low end, 1 at the high one. */
    double share(double value) {
        return (value - low) / (high - low);
    }

    /** About {@code count} round values (1, 2 or 5 times a power of ten apart). */
    List<Double> ticks(int count) {
        double step = step(count);
        List<Double> ticks = new ArrayList<>();
        for (double i = Math.ceil(low / step); i * step <= high + step * 1e-9; i++) {
            ticks.add(i * step);
        }
        return ticks;
    }

    private double step(int count) {
        double rough = (high - low) / count;
        double power = Math.pow(10, Math.floor(Math.log10(rough)));
        double digit = rough / power;
        return power * (digit < 1.5 ? 1 : digit < 3.5 ? 2 : digit < 7.5 ? 5 : 10);
    }

    /** A tick, without needless digits. */
    String label(double tick) {
        double magnitude = Math.max(Math.abs(low), Math.abs(high));
        if (magnitude >= 1e5 || magnitude < 1e-3) {
            return tick == 0 ? "0" : String.format(Locale.ROOT, "%.0e", tick).replace('-', '−');
        }
        return plain(BigDecimal.valueOf(tick).round(new MathContext(6)));
    }

    /** A value with three digits, and a whole number with all. */
    static String exact(double value) {
        if (!Double.isFinite(value)) {
            return "–";
        }
        double magnitude = Math.abs(value);
        if (value != 0 && (magnitude >= 1e5 || magnitude < 1e-3)) {
            return String.format(Locale.ROOT, "%.1e", value).replace('-', '−');
        }
        return value == Math.rint(value)
                ? plain(BigDecimal.valueOf(value))
                : plain(BigDecimal.valueOf(value).round(new MathContext(3)));
    }

    private static String plain(BigDecimal value) {
        return value.stripTrailingZeros().toPlainString().replace('-', '−');
    }
}
