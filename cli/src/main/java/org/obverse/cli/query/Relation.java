package org.obverse.cli.query;

import java.util.List;

/**
 * A table with a type for each column.
 *
 * @param rows each as long as {@code columns}
 */
public record Relation(String name, List<Column> columns, List<List<Cell>> rows) {
    public Relation {
        columns = List.copyOf(columns);
        rows = rows.stream().map(List::copyOf).toList();
    }

    /**
     * A column.
     *
     * @param name which no other column of the table has, whatever its case
     */
    public record Column(String name, Type type) {}

    /** What stands in a column where anything does. */
    public enum Type {
        TEXT,
        NUMBER
    }

    /** What stands in one row of a column. */
    public sealed interface Cell {}

    /** Words. */
    public record Text(String text) implements Cell {}

    /** A number, which may be infinite. */
    public record Figure(double value) implements Cell {}

    /** Nothing. */
    public record Missing() implements Cell {}

    /** A number; NaN is none. */
    public static Cell number(double value) {
        return Double.isNaN(value) ? new Missing() : new Figure(value);
    }
}
