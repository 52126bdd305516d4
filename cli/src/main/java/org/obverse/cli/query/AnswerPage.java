package org.obverse.cli.query;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.obverse.cli.progress.Columns;
import org.obverse.cli.progress.Printable;
import org.obverse.cli.query.Relation.Cell;

/**
 * An answer as a table for people: what is too wide ends with an ellipsis, and numbers have six digits.
 *
 * @param width of a line, in characters
 */
public record AnswerPage(Answer answer, int width) {
    private static final int NARROWEST = 4;
    private static final double EXACT = 1L << 53;

    /** Each line ends with a line feed. */
    public String text() {
        List<List<String>> lines = new ArrayList<>();
        lines.add(answer.columns().stream().map(Printable::line).toList());
        answer.rows()
                .forEach(row -> lines.add(
                        row.stream().map(cell -> Printable.line(words(cell))).toList()));
        int[] widths = widths(lines);
        String count = answer.rows().size() == 1 ? "1 row" : answer.rows().size() + " rows";
        List<List<String>> cut = lines.stream()
                .map(line -> IntStream.range(0, widths.length)
                        .mapToObj(i -> Columns.cut(line.get(i), widths[i]))
                        .toList())
                .toList();
        return String.join("\n", Columns.lines(cut, this::isNumber)) + "\n(" + count + ")\n";
    }

    /** Makes the widest column narrower until all fit, or none can be. */
    private int[] widths(List<List<String>> lines) {
        int[] widths = IntStream.range(0, answer.columns().size())
                .map(i -> Columns.width(lines, i))
                .toArray();
        while (Columns.width(widths) > width && Arrays.stream(widths).max().orElse(0) > NARROWEST) {
            int widest = IntStream.range(0, widths.length)
                    .reduce((a, b) -> widths[a] >= widths[b] ? a : b)
                    .orElseThrow();
            widths[widest]--;
        }
        return widths;
    }

    private boolean isNumber(int column) {
        return answer.rows().stream().noneMatch(row -> row.get(column) instanceof Relation.Text)
                && answer.rows().stream().anyMatch(row -> row.get(column) instanceof Relation.Figure);
    }

    private static String words(Cell cell) {
        if (cell instanceof Relation.Text text) {
            return text.text();
        }
        return cell instanceof Relation.Figure number ? words(number.value()) : "";
    }

    private static String words(double value) {
        if (value == Math.rint(value) && Math.abs(value) < EXACT) {
            return String.valueOf((long) value);
        }
        String digits = String.format(Locale.ROOT, "%.6g", value);
        return digits.contains("e") || !digits.contains(".") ? digits : digits.replaceAll("\\.?0+$", "");
    }
}
