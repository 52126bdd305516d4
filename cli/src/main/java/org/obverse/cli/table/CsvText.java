package org.obverse.cli.table;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.obverse.cli.table.Table.Column;
import org.obverse.cli.table.Table.Spread;
import org.obverse.cli.table.Table.Spreads;
import org.obverse.cli.table.Table.Text;
import org.obverse.cli.table.Table.Value;

/** Comma-separated values as RFC 4180 describes them, with a header; numbers with all their digits, and an empty field where there is none. */
public final class CsvText {
    private static final Pattern QUOTED = Pattern.compile("[,\"\r\n]");
    private static final double EXACT = 1L << 53;

    private CsvText() {}

    public static String of(Table table) {
        List<String> head = new ArrayList<>();
        for (Column column : table.columns()) {
            if (column instanceof Spreads) {
                head.add(column.name() + " mean");
                head.add(column.name() + " standard deviation");
            } else {
                head.add(column.name());
            }
        }
        StringBuilder text = new StringBuilder(line(head));
        for (List<Value> row : table.rows()) {
            List<String> fields = new ArrayList<>();
            row.forEach(value -> fields.addAll(fields(value)));
            text.append(line(fields));
        }
        return text.toString();
    }

    private static List<String> fields(Value value) {
        if (value instanceof Spread spread) {
            return List.of(number(spread.mean()), number(spread.deviation()));
        }
        return List.of(value instanceof Text text ? text.text() : number(((Table.Figure) value).value()));
    }

    private static String number(double value) {
        if (Double.isNaN(value)) {
            return "";
        }
        return value == Math.rint(value) && Math.abs(value) < EXACT
                ? String.valueOf((long) value)
                : String.valueOf(value);
    }

    private static String line(List<String> fields) {
        return fields.stream().map(CsvText::quoted).collect(Collectors.joining(",", "", "\r\n"));
    }

    private static String quoted(String field) {
        return QUOTED.matcher(field).find() ? "\"" + field.replace("\"", "\"\"") + "\"" : field;
    }
}
