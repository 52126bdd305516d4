package org.obverse.cli.runs;

import java.util.List;
import java.util.Locale;

/** Sizes in few characters. */
public final class Bytes {
    private static final List<String> UNITS = List.of("kB", "MB", "GB", "TB");

    private Bytes() {}

    /** In decimal units, such as {@code 12.3 MB}. */
    public static String text(long bytes) {
        double size = bytes / 1e3;
        int unit = 0;
        while (size >= 999.95 && unit < UNITS.size() - 1) {
            size /= 1e3;
            unit++;
        }
        return bytes == 0 ? "0" : String.format(Locale.ROOT, "%.1f %s", size, UNITS.get(unit));
    }
}
