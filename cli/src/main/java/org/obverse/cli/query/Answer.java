package org.obverse.cli.query;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.obverse.cli.query.Relation.Cell;

/**
 * What a query found.
 *
 * @param columns by their names
 * @param rows each as long as {@code columns}
 */
public record Answer(List<String> columns, List<List<Cell>> rows) {
    public Answer {
        columns = List.copyOf(columns);
        rows = rows.stream().map(List::copyOf).toList();
    }

    /** One map per row; what is missing is left out. */
    public List<Map<String, Object>> plain() {
        List<Map<String, Object>> all = new ArrayList<>();
        for (List<Cell> row : rows) {
            Map<String, Object> plain = new LinkedHashMap<>();
            for (int i = 0; i < columns.size(); i++) {
                if (row.get(i) instanceof Relation.Text text) {
                    plain.put(columns.get(i), text.text());
                } else if (row.get(i) instanceof Relation.Figure number) {
                    plain.put(columns.get(i), number.value());
                }
            }
            all.add(plain);
        }
        return all;
    }
}
