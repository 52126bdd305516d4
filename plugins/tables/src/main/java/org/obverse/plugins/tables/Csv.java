package org.obverse.plugins.tables;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Comma-separated values as RFC 4180 defines them, with a line feed after each row. */
final class Csv {
    private Csv() {}

    /**
     * Rows as far as they are whole.
     *
     * @param length how much of the text they take
     */
    record Reading(List<List<String>> rows, int length) {}

    static String row(List<String> fields) {
        return fields.stream().map(Csv::field).collect(Collectors.joining(",", "", "\n"));
    }

    private static String field(String value) {
        boolean plain = value.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
        return plain ? value : '"' + value.replace("\"", "\"\"") + '"';
    }

    /** Reads what {@link #row} wrote; a row without its line feed is torn, and not among them. */
    static Reading read(String text) {
        List<List<String>> rows = new ArrayList<>();
        List<String> row = new ArrayList<>();
        StringBuilder field = new StringBuilder();
        boolean quoted = false;
        int whole = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"') {
                boolean again = !quoted && i > 0 && text.charAt(i - 1) == '"';
                if (again) {
                    field.append('"');
                }
                quoted = !quoted;
            } else if (quoted || (c != ',' && c != '\n')) {
                field.append(c);
            } else {
                row.add(field.toString());
                field.setLength(0);
                if (c == '\n') {
                    rows.add(row);
                    row = new ArrayList<>();
                    whole = i + 1;
                }
            }
        }
        return new Reading(rows, whole);
    }
}
