package org.obverse.cli.export;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.obverse.cli.query.Relation;
import org.obverse.cli.query.Relation.Cell;
import org.obverse.cli.table.Table;

/** A table with the columns that it has as CSV, and their types: words, or numbers of which some may be missing. */
final class TypedTable {
    private TypedTable() {}

    static Relation of(String name, Table table) {
        Set<String> taken = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        List<Relation.Column> columns = new ArrayList<>();
        for (Table.Column column : table.columns()) {
            if (column instanceof Table.Spreads) {
                columns.add(new Relation.Column(free(column.name() + " mean", taken), Relation.Type.NUMBER));
                columns.add(
                        new Relation.Column(free(column.name() + " standard deviation", taken), Relation.Type.NUMBER));
            } else {
                Relation.Type type = column instanceof Table.Words ? Relation.Type.TEXT : Relation.Type.NUMBER;
                columns.add(new Relation.Column(free(column.name(), taken), type));
            }
        }
        return new Relation(
                name, columns, table.rows().stream().map(TypedTable::cells).toList());
    }

    /** An axis may be called as a column is. */
    private static String free(String name, Set<String> taken) {
        String free = name;
        for (int number = 2; !taken.add(free); number++) {
            free = name + " " + number;
        }
        return free;
    }

    private static List<Cell> cells(List<Table.Value> row) {
        List<Cell> cells = new ArrayList<>();
        for (Table.Value value : row) {
            if (value instanceof Table.Spread spread) {
                cells.add(Relation.number(spread.mean()));
                cells.add(Relation.number(spread.deviation()));
            } else if (value instanceof Table.Figure figure) {
                cells.add(Relation.number(figure.value()));
            } else if (value instanceof Table.Text text) {
                cells.add(new Relation.Text(text.text()));
            }
        }
        return cells;
    }
}
