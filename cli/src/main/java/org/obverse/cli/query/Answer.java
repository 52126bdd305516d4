package org.obverse.cli.query;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.obverse.cli.query.Relation.Cell;

/**
 * What a query found.
 *
 * @param columns by their names; one of the same name gets a number
 * @param rows each as long as {@code columns}
 */
public record Answer(List<String> columns, List<List<Cell>> rows) {
    public Answer {
        columns = unique(columns);
        rows = rows.stream().map(List::copyOf).toList();
    }

    /** Two tables that are joined may have columns of one name. */
    private static List<String> unique(List<String> names) {
        Set<String> unique = new LinkedHashSet<>();
        for (String name : names) {
            String free = name;
            for (int number = 2; !unique.add(free); number++) {
                free = name + " " + number;
            }
        }
        return List.copyOf(unique);
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
