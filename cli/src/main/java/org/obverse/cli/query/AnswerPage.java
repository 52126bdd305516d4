package org.obverse.cli.query;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.obverse.cli.progress.Printable;
import org.obverse.cli.query.Relation.Cell;

/**
 * An answer as a table for people: what is too wide ends with an ellipsis, and numbers have six digits.
 *
 * @param width of a line, in characters
 */
public record AnswerPage(Answer answer, int width) {
    private static final String GAP = "  ";
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
        return lines.stream().map(line -> line(line, widths)).collect(Collectors.joining()) + "(" + count + ")\n";
    }

    /** Makes the widest column narrower until all fit, or none can be. */
    private int[] widths(List<List<String>> lines) {
        int[] widths = IntStream.range(0, answer.columns().size())
                .map(i -> lines.stream()
                        .mapToInt(line -> line.get(i).length())
                        .max()
                        .orElse(0))
                .toArray();
        int most = width - GAP.length() * (widths.length - 1);
        while (Arrays.stream(widths).sum() > most && Arrays.stream(widths).max().orElse(0) > NARROWEST) {
            int widest = IntStream.range(0, widths.length)
                    .reduce((a, b) -> widths[a] >= widths[b] ? a : b)
                    .orElseThrow();
            widths[widest]--;
        }
        return widths;
    }

    private String line(List<String> line, int[] widths) {
        List<String> fields = new ArrayList<>();
        for (int i = 0; i < widths.length; i++) {
            String field = line.get(i);
            String shown = field.length() > widths[i] ? field.substring(0, widths[i] - 1) + "…" : field;
            String space = " ".repeat(widths[i] - shown.length());
            fields.add(isNumber(i) ? space + shown : shown + space);
        }
        return String.join(GAP, fields).stripTrailing() + "\n";
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
