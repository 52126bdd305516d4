package org.obverse.cli.table;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.obverse.cli.report.study.ReportedCell;
import org.obverse.cli.report.study.ReportedStudy;
import org.obverse.cli.table.Table.Column;
import org.obverse.cli.table.Table.Text;
import org.obverse.cli.table.Table.Value;
import org.obverse.cli.table.Table.Words;
import org.obverse.engine.plan.Cell.Coordinate;

/** Where a study's cells lie: its axes as columns, or the run's name where nothing is varied. */
public record Places(ReportedStudy study) {
    /** A table whose rows begin with the place of their cell. */
    public Table table(String name, List<? extends Column> columns, Function<ReportedCell, List<List<Value>>> found) {
        List<Column> all = new ArrayList<>(columns());
        all.addAll(columns);
        List<List<Value>> rows = new ArrayList<>();
        for (ReportedCell cell : study.cells()) {
            for (List<Value> values : found.apply(cell)) {
                List<Value> row = new ArrayList<>(of(cell));
                row.addAll(values);
                rows.add(row);
            }
        }
        return new Table(name, all, rows);
    }

    List<Column> columns() {
        return study.axes().isEmpty()
                ? List.of(new Words("run"))
                : study.axes().stream().<Column>map(Words::new).toList();
    }

    static List<Value> of(ReportedCell cell) {
        List<Coordinate> coordinates = cell.cell().coordinates();
        return coordinates.isEmpty()
                ? List.of(new Text(cell.cell().name()))
                : coordinates.stream()
                        .map(Coordinate::value)
                        .<Value>map(Text::new)
                        .collect(Collectors.toList());
    }
}
