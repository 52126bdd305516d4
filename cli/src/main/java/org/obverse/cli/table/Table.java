package org.obverse.cli.table;

import java.util.ArrayList;
import java.util.List;
import org.obverse.cli.figure.ValueFormat;

/**
 * A table of what was found.
 *
 * @param name of its files
 * @param rows each as long as {@code columns}; at least one
 */
public record Table(String name, List<Column> columns, List<List<Value>> rows) {
    public Table {
        columns = List.copyOf(columns);
        rows = rows.stream().map(List::copyOf).toList();
    }

    /** The same with a column of what stands below it, for forms without room for that; itself if that is nothing. */
    public Table with(List<String> notes) {
        if (notes.isEmpty()) {
            return this;
        }
        List<Column> more = new ArrayList<>(columns);
        more.add(new Words("notes"));
        Text text = new Text(String.join("; ", notes));
        return new Table(
                name,
                more,
                rows.stream()
                        .map(row -> {
                            List<Value> longer = new ArrayList<>(row);
                            longer.add(text);
                            return longer;
                        })
                        .map(List::copyOf)
                        .toList());
    }

    /** A column, by what stands in it. */
    public sealed interface Column {
        String name();
    }

    /** Words. */
    public record Words(String name) implements Column {}

    /** Numbers, which are rounded for people in one way down the column. */
    public record Numbers(String name, ValueFormat format) implements Column {}

    /** Means with their standard deviations, likewise. */
    public record Spreads(String name, ValueFormat format) implements Column {}

    /** What stands in a row, as its column says. */
    public sealed interface Value {}

    public record Text(String text) implements Value {}

    /** NaN where there is none. */
    public record Figure(double value) implements Value {}

    /** NaN where there is none. */
    public record Spread(double mean, double deviation) implements Value {}
}
