package org.obverse.cli.query;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.obverse.api.event.RunFact;
import org.obverse.api.event.UnitName;
import org.obverse.api.metric.Measurement;
import org.obverse.cli.query.Relation.Cell;
import org.obverse.cli.query.Relation.Column;
import org.obverse.cli.query.Relation.Missing;
import org.obverse.cli.query.Relation.Text;
import org.obverse.cli.report.study.ReportedCell;
import org.obverse.cli.report.study.ReportedStudy;
import org.obverse.engine.plan.Cell.Coordinate;
import org.obverse.engine.record.CurveBand;
import org.obverse.engine.record.MeasuredControl;
import org.obverse.engine.record.Score;

/**
 * Several runs as tables: {@code metrics} with a row for each run, cell and figure, {@code controls} with one for each
 * figure of what is judged beside an attack, {@code classes} with one for each figure of a class,
 * {@code curves} with one for each step, and {@code facts} with what the journals say. All but the last have a column for each axis of
 * any run: numbers if all its values are.
 */
public final class RunTables {
    private static final String NUMBER = "[-+]?(\\d+\\.?\\d*|\\.\\d+)([eE][-+]?\\d+)?";

    private final List<ReportedStudy> studies;
    private final Map<String, Column> axes;

    private RunTables(List<ReportedStudy> studies) {
        this.studies = studies;
        this.axes = axes(studies);
    }

    /**
     * @param facts of each run's journal, by the run's name
     */
    public static List<Relation> of(List<ReportedStudy> studies, Map<String, List<RunFact>> facts) {
        RunTables tables = new RunTables(studies);
        return List.of(tables.metrics(), tables.controls(), tables.classes(), tables.curves(), facts(facts));
    }

    /** By their paths in the plans. */
    private static Map<String, Column> axes(List<ReportedStudy> studies) {
        List<Coordinate> all = studies.stream()
                .flatMap(study -> study.cells().stream())
                .flatMap(cell -> cell.cell().coordinates().stream())
                .toList();
        Map<String, List<Coordinate>> byPath =
                all.stream().collect(Collectors.groupingBy(Coordinate::axis, LinkedHashMap::new, Collectors.toList()));
        Set<String> taken = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        taken.addAll(List.of("run", "cell", "metric", "figure", "value", "unit", "better", "class", "name", "stage"));
        taken.addAll(List.of("control", "role"));
        taken.addAll(List.of("curve", "step", "mean", "lower", "upper"));
        Map<String, Column> columns = new LinkedHashMap<>();
        byPath.forEach((path, coordinates) -> {
            String label = coordinates.get(0).label();
            boolean isNumber =
                    coordinates.stream().allMatch(at -> at.value().strip().matches(NUMBER));
            columns.put(
                    path,
                    new Column(taken.add(label) ? label : path, isNumber ? Relation.Type.NUMBER : Relation.Type.TEXT));
        });
        return columns;
    }

    private List<Column> columns(Column... own) {
        List<Column> columns = new ArrayList<>(List.of(text("run"), text("cell")));
        columns.addAll(axes.values());
        columns.addAll(List.of(own));
        return columns;
    }

    private List<Cell> place(ReportedStudy study, ReportedCell cell) {
        List<Cell> place = new ArrayList<>(
                List.of(new Text(study.name()), new Text(cell.cell().name())));
        axes.forEach((path, column) -> place.add(cell.cell().coordinates().stream()
                .filter(at -> at.axis().equals(path))
                .findFirst()
                .map(at -> cell(at.value().strip(), column.type()))
                .orElse(new Missing())));
        return place;
    }

    private static Cell cell(String value, Relation.Type type) {
        return type == Relation.Type.NUMBER ? Relation.number(Double.parseDouble(value)) : new Text(value);
    }

    /** Finds the rows of one cell. */
    private interface Finder {
        void find(ReportedCell cell, Rows rows);
    }

    /** Adds a row to what is said of where it is. */
    private interface Rows {
        void add(Cell... values);
    }

    private Relation table(String name, List<Column> columns, Finder finder) {
        List<List<Cell>> rows = new ArrayList<>();
        for (ReportedStudy study : studies) {
            for (ReportedCell cell : study.cells()) {
                finder.find(cell, values -> {
                    List<Cell> row = place(study, cell);
                    row.addAll(List.of(values));
                    rows.add(row);
                });
            }
        }
        return new Relation(name, columns, rows);
    }

    private Relation metrics() {
        List<Column> columns = columns(text("metric"), text("figure"), number("value"), text("unit"), text("better"));
        return table("metrics", columns, (cell, rows) -> {
            cell.run().scores().forEach(score -> figures(score, rows));
        });
    }

    private Relation controls() {
        List<Column> columns = columns(
                text("control"),
                text("role"),
                text("metric"),
                text("figure"),
                number("value"),
                text("unit"),
                text("better"));
        return table("controls", columns, (cell, rows) -> {
            for (MeasuredControl control : cell.run().controls()) {
                Text role = new Text(control.role().name().toLowerCase(Locale.ROOT));
                control.scores()
                        .forEach(score ->
                                figures(score, values -> rows.add(prepended(new Text(control.name()), role, values))));
            }
        });
    }

    private static Cell[] prepended(Text control, Text role, Cell... values) {
        List<Cell> all = new ArrayList<>(List.of(control, role));
        all.addAll(List.of(values));
        return all.toArray(Cell[]::new);
    }

    private static void figures(Score score, Rows rows) {
        if (score instanceof Score.Measured measured) {
            measured.figures()
                    .forEach(figure -> rows.add(
                            new Text(score.metric()),
                            new Text(figure.name()),
                            Relation.number(figure.value()),
                            new Text(figure.unit()),
                            new Text(figure.better().name().toLowerCase(Locale.ROOT))));
        } else {
            rows.add(new Text(score.metric()), new Missing(), new Missing(), new Missing(), new Missing());
        }
    }

    private Relation classes() {
        List<Column> columns = columns(text("metric"), number("class"), text("name"), text("figure"), number("value"));
        return table("classes", columns, (cell, rows) -> {
            for (Score score : cell.run().scores()) {
                if (score instanceof Score.Measured measured) {
                    measured.tables().forEach(table -> classes(cell, score.metric(), table, rows));
                }
            }
        });
    }

    private static void classes(ReportedCell cell, String metric, Measurement.Table table, Rows rows) {
        for (Measurement.Row row : table.rows()) {
            for (int i = 0; i < row.values().size(); i++) {
                rows.add(
                        new Text(metric),
                        Relation.number(row.targetClass()),
                        new Text(cell.run().className(row.targetClass())),
                        new Text(table.columns().get(i)),
                        Relation.number(row.values().get(i)));
            }
        }
    }

    private Relation curves() {
        List<Column> columns =
                columns(text("stage"), text("curve"), number("step"), number("mean"), number("lower"), number("upper"));
        return table("curves", columns, (cell, rows) -> {
            for (CurveBand curve : cell.run().curves()) {
                curve.points()
                        .forEach(point -> rows.add(
                                new Text(curve.stage()),
                                new Text(curve.name()),
                                Relation.number(point.step()),
                                Relation.number(point.mean()),
                                Relation.number(point.lower()),
                                Relation.number(point.upper())));
            }
        });
    }

    private static Relation facts(Map<String, List<RunFact>> facts) {
        List<Column> columns = List.of(
                text("run"),
                number("number"),
                text("fact"),
                text("unit"),
                text("slot"),
                text("artifact"),
                text("reason"));
        List<List<Cell>> rows = new ArrayList<>();
        facts.forEach((run, told) -> {
            for (int i = 0; i < told.size(); i++) {
                List<Cell> row = new ArrayList<>(List.of(
                        new Text(run),
                        Relation.number(i + 1),
                        new Text(told.get(i).getClass().getSimpleName().toLowerCase(Locale.ROOT))));
                row.addAll(fact(told.get(i)));
                rows.add(row);
            }
        });
        return new Relation("facts", columns, rows);
    }

    private static List<Cell> fact(RunFact fact) {
        Missing none = new Missing();
        if (fact instanceof RunFact.Offered offered) {
            return of(offered.unit(), none, none);
        } else if (fact instanceof RunFact.Completed completed) {
            return of(completed.unit(), new Text(completed.artifact()), none);
        } else if (fact instanceof RunFact.Reused reused) {
            return of(reused.unit(), new Text(reused.artifact()), none);
        } else if (fact instanceof RunFact.Lost lost) {
            return of(lost.unit(), none, new Text(lost.reason()));
        } else if (fact instanceof RunFact.Failed failed) {
            return of(failed.unit(), none, new Text(failed.reason()));
        } else if (fact instanceof RunFact.Ended ended) {
            return List.of(none, none, none, new Text(ended.reason()));
        }
        return List.of(none, none, none, none);
    }

    private static List<Cell> of(UnitName unit, Cell artifact, Cell reason) {
        return List.of(new Text(unit.toString()), new Text(unit.slot()), artifact, reason);
    }

    private static Column text(String name) {
        return new Column(name, Relation.Type.TEXT);
    }

    private static Column number(String name) {
        return new Column(name, Relation.Type.NUMBER);
    }
}
