package org.obverse.cli.progress;

import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Texts below each other, as picocli's {@code TextTable} does not set them: numbers to the right, and an ellipsis for what is cut. */
public final class Columns {
    private static final String GAP = "  ";

    private Columns() {}

    /**
     * Columns that are as wide as their widest text, two spaces apart.
     *
     * @param rows of equally many texts
     * @param right which columns, counted from 0, stand at their right edge
     * @return a line per row, without spaces at its end
     */
    public static List<String> lines(List<List<String>> rows, IntPredicate right) {
        return rows.stream()
                .map(row -> IntStream.range(0, row.size())
                        .mapToObj(i -> padded(row.get(i), width(rows, i), right.test(i)))
                        .collect(Collectors.joining(GAP))
                        .stripTrailing())
                .toList();
    }

    /** How many characters columns take that are so wide. */
    public static int width(int... columns) {
        return IntStream.of(columns).sum() + GAP.length() * Math.max(0, columns.length - 1);
    }

    /** Of a column's widest text. */
    public static int width(List<List<String>> rows, int column) {
        return rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
    }

    /** A text of so many characters at most, at least one; the last one is an ellipsis if there was more. */
    public static String cut(String text, int most) {
        return text.length() <= most ? text : text.substring(0, Math.max(0, most - 1)) + "…";
    }

    private static String padded(String text, int width, boolean isRight) {
        String air = " ".repeat(width - text.length());
        return isRight ? air + text : text + air;
    }
}
