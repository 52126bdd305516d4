package org.obverse.cli.progress;

import java.util.List;
import java.util.Locale;

/** Numbers in few characters. */
public final class Figures {
    private Figures() {}

    /** Three digits that count. */
    static String shortest(double value) {
        double size = Math.abs(value);
        if (size != 0 && (size < 1e-3 || size >= 1e5)) {
            return String.format(Locale.ROOT, "%.1e", value);
        }
        return String.format(Locale.ROOT, size >= 100 ? "%.0f" : size >= 10 ? "%.1f" : "%.3f", value);
    }

    /**
     * {@code 0:32 left}, or nothing as long as that is a guess.
     *
     * @param share of the work that these seconds took
     */
    static List<String> left(double seconds, double share) {
        return share > 0.01 && seconds > 2 ? List.of(clock(seconds * (1 - share) / share) + " left") : List.of();
    }

    /** {@code 1:07}, or {@code 2:01:07}. */
    public static String clock(double seconds) {
        long whole = Math.round(seconds);
        return whole < 3600
                ? String.format(Locale.ROOT, "%d:%02d", whole / 60, whole % 60)
                : String.format(Locale.ROOT, "%d:%02d:%02d", whole / 3600, whole / 60 % 60, whole % 60);
    }
}
