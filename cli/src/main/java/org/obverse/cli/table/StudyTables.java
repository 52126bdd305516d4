package org.obverse.cli.table;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.obverse.api.attack.Preparer;
import org.obverse.api.metric.Measurement;
import org.obverse.cli.compare.ClassFigure.Place;
import org.obverse.cli.figure.Estimate;
import org.obverse.cli.figure.MeanInterval;
import org.obverse.cli.figure.ValueFormat;
import org.obverse.cli.report.study.ControlRow;
import org.obverse.cli.report.study.FigureColumn;
import org.obverse.cli.report.study.ReportedCell;
import org.obverse.cli.report.study.ReportedStudy;
import org.obverse.cli.report.study.SeedSpread;
import org.obverse.cli.report.study.Setting;
import org.obverse.cli.report.study.Setting.Estimated;
import org.obverse.cli.table.Table.Column;
import org.obverse.cli.table.Table.Numbers;
import org.obverse.cli.table.Table.Spread;
import org.obverse.cli.table.Table.Spreads;
import org.obverse.cli.table.Table.Text;
import org.obverse.cli.table.Table.Value;
import org.obverse.cli.table.Table.Words;
import org.obverse.engine.plan.Cell.Coordinate;
import org.obverse.engine.record.CurveBand;
import org.obverse.engine.record.RunRecord.Training;
import org.obverse.engine.record.Score.Measured;
import org.obverse.engine.training.ClassifierTrainer.EpochFigures;

/** The tables of a study: one row per thing that was found, behind the coordinates of the cell in which it was. */
public final class StudyTables {
    private final ReportedStudy study;
    private final Places places;
    private final List<FigureColumn> figures;

    public StudyTables(ReportedStudy study) {
        this.study = study;
        this.places = new Places(study);
        this.figures = FigureColumn.of(study);
    }

    /**
     * Those that have a row.
     *
     * @param settings of the study
     */
    public List<Table> all(List<Setting> settings) {
        List<Table> all = new ArrayList<>(List.of(results(), controls(), seeds(), intervals(settings), undefined()));
        all.addAll(perClass());
        all.addAll(List.of(trainings(), curves(), queries(), prepared()));
        all.removeIf(table -> table.rows().isEmpty());
        return all;
    }

    /** A row per cell, without any where nothing was measured. */
    public Table results() {
        boolean isFinal = study.cells().stream().allMatch(ReportedCell::isDone);
        List<Column> columns = new ArrayList<>(places.columns());
        if (!isFinal) {
            columns.add(new Words("state"));
        }
        figures.forEach(figure -> columns.add(new Numbers(name(figure), figure.format())));
        List<List<Value>> rows = new ArrayList<>();
        for (int i = 0; i < study.cells().size() && !figures.isEmpty(); i++) {
            ReportedCell cell = study.cells().get(i);
            List<Value> row = new ArrayList<>(Places.of(cell));
            if (!isFinal) {
                row.add(new Text(cell.progress()));
            }
            for (FigureColumn figure : figures) {
                row.add(new Table.Figure(figure.values().get(i)));
            }
            rows.add(row);
        }
        return new Table("results", columns, rows);
    }

    /** Of each cell the attack's figures that controls have too, theirs, and the attack's share of what they leave. */
    public Table controls() {
        List<ControlRow> controls = ControlRow.of(study, figures);
        List<Integer> shown = IntStream.range(0, figures.size())
                .filter(i -> controls.stream()
                        .anyMatch(control ->
                                control.columns().get(i).values().stream().anyMatch(Double::isFinite)))
                .boxed()
                .toList();
        List<Column> columns = new ArrayList<>(List.of(new Words("row")));
        shown.forEach(i ->
                columns.add(new Numbers(name(figures.get(i)), figures.get(i).format())));
        return places.table("controls", columns, cell -> {
            List<ControlRow> own =
                    controls.stream().filter(control -> control.isOf(cell)).toList();
            List<List<Value>> rows = new ArrayList<>();
            int at = study.cells().indexOf(cell);
            if (!own.isEmpty()) {
                rows.add(row("attack", figures, shown, at));
            }
            own.forEach(control -> rows.add(row(control.label(), control.columns(), shown, at)));
            return rows;
        });
    }

    private static List<Value> row(String label, List<FigureColumn> columns, List<Integer> shown, int cell) {
        List<Value> row = new ArrayList<>(List.of(new Text(label)));
        shown.forEach(i -> row.add(new Table.Figure(columns.get(i).values().get(cell))));
        return row;
    }

    /** With its metric where another one has a figure of the same name. */
    private String name(FigureColumn figure) {
        boolean isOnly = figures.stream()
                        .filter(other -> other.label().equals(figure.label()))
                        .count()
                == 1;
        return isOnly ? figure.label() : figure.metric() + " " + figure.label();
    }

    /** Means and deviations, where seeds are varied. */
    public Table seeds() {
        List<SeedSpread> spreads = SeedSpread.of(study, figures);
        List<Column> columns = new ArrayList<>();
        List<List<Value>> rows = new ArrayList<>();
        if (!spreads.isEmpty() && !figures.isEmpty()) {
            spreads.get(0).setting().forEach(at -> columns.add(new Words(at.label())));
            columns.add(new Numbers("runs", ValueFormat.WHOLE));
            figures.forEach(figure -> columns.add(new Spreads(name(figure), figure.format())));
            for (SeedSpread spread : spreads) {
                List<Value> row = new ArrayList<>();
                spread.setting().forEach(at -> row.add(new Text(at.value())));
                row.add(new Table.Figure(spread.runs()));
                for (int i = 0; i < figures.size(); i++) {
                    row.add(new Spread(spread.mean(i), spread.deviation(i)));
                }
                rows.add(row);
            }
        }
        return new Table("results-over-seeds", columns, rows);
    }

    /**
     * The figures that have intervals: of each setting, and of what stands beside its attack.
     *
     * @param settings of the study
     */
    public Table intervals(List<Setting> settings) {
        List<Coordinate> at = settings.get(0).cells().get(0).cell().setting();
        List<Column> columns = new ArrayList<>();
        if (at.isEmpty()) {
            columns.add(new Words("run"));
        }
        at.forEach(axis -> columns.add(new Words(axis.label())));
        Stream.of("row", "figure", "unit").forEach(name -> columns.add(new Words(name)));
        Stream.of("mean", "low", "high").forEach(name -> columns.add(new Numbers(name, ValueFormat.FOUR_PLACES)));
        Stream.of("classes", "seeds").forEach(name -> columns.add(new Numbers(name, ValueFormat.WHOLE)));
        List<List<Value>> rows = new ArrayList<>();
        Set<Place> places = Setting.withIntervals(settings);
        for (Setting setting : settings) {
            List<Value> place = new ArrayList<>();
            if (at.isEmpty()) {
                place.add(new Text(study.name()));
            }
            setting.cells().get(0).cell().setting().forEach(axis -> place.add(new Text(axis.value())));
            setting.figures().forEach((figure, estimated) -> {
                if (places.contains(figure)) {
                    rows.addAll(intervals(place, estimated));
                }
            });
        }
        return new Table("intervals", columns, rows);
    }

    private static List<List<Value>> intervals(List<Value> place, Estimated estimated) {
        MeanInterval attack = estimated.estimate();
        Map<String, Estimate> rows = new LinkedHashMap<>();
        rows.put("attack", attack.estimate());
        rows.putAll(estimated.beside());
        List<List<Value>> values = new ArrayList<>();
        rows.forEach((label, estimate) -> {
            List<Value> row = new ArrayList<>(place);
            Stream.of(
                            label,
                            estimated.figure().figure().name(),
                            estimated.figure().figure().unit())
                    .map(Text::new)
                    .forEach(row::add);
            Stream.of(
                            estimate.value(),
                            estimate.bounds().low(),
                            estimate.bounds().high(),
                            (double) attack.identities(),
                            (double) attack.seeds())
                    .map(Table.Figure::new)
                    .forEach(row::add);
            values.add(row);
        });
        return values;
    }

    private Table undefined() {
        return places.table(
                "undefined",
                List.of(new Words("metric"), new Words("reason")),
                cell -> figures.stream()
                        .filter(figure -> !figure.reason(cell).isEmpty())
                        .map(figure -> List.of(figure.metric(), figure.reason(cell)))
                        .distinct()
                        .map(row -> row.stream().<Value>map(Text::new).toList())
                        .toList());
    }

    private List<Table> perClass() {
        Map<String, Map<ReportedCell, Measurement.Table>> found = new LinkedHashMap<>();
        for (ReportedCell cell : study.cells()) {
            cell.run().scores().stream()
                    .filter(Measured.class::isInstance)
                    .map(Measured.class::cast)
                    .forEach(score -> score.tables()
                            .forEach(table -> found.computeIfAbsent(
                                            table.name().startsWith(score.metric())
                                                    ? table.name()
                                                    : score.metric() + " " + table.name(),
                                            key -> new LinkedHashMap<>())
                                    .put(cell, table)));
        }
        List<Table> tables = new ArrayList<>();
        found.forEach((name, cells) -> tables.add(perClass(name, cells)));
        return tables;
    }

    private Table perClass(String name, Map<ReportedCell, Measurement.Table> tables) {
        List<String> names = tables.values().stream()
                .flatMap(table -> table.columns().stream())
                .distinct()
                .toList();
        List<Column> columns =
                new ArrayList<>(List.of(new Numbers("class", ValueFormat.WHOLE), new Words("class name")));
        for (String column : names) {
            List<Double> values = tables.values().stream()
                    .flatMap(table -> table.rows().stream().map(row -> value(table, row, column)))
                    .filter(Double::isFinite)
                    .toList();
            columns.add(new Numbers(column, ValueFormat.of("", values)));
        }
        return places.table("per-class " + name, columns, cell -> {
            List<List<Value>> rows = new ArrayList<>();
            for (Measurement.Table table :
                    Optional.ofNullable(tables.get(cell)).stream().toList()) {
                for (Measurement.Row row : table.rows()) {
                    List<Value> values = new ArrayList<>(List.of(
                            new Table.Figure(row.targetClass()),
                            new Text(cell.run().className(row.targetClass()))));
                    names.forEach(column -> values.add(new Table.Figure(value(table, row, column))));
                    rows.add(values);
                }
            }
            return rows;
        });
    }

    private static double value(Measurement.Table table, Measurement.Row row, String column) {
        int index = table.columns().indexOf(column);
        return index < 0 ? Double.NaN : row.values().get(index);
    }

    private Table trainings() {
        Map<Training, List<ReportedCell>> trainings =
                study.grouped(cell -> cell.run().trainings());
        List<EpochFigures> all = trainings.keySet().stream()
                .flatMap(training -> training.epochs().stream())
                .toList();
        List<Column> columns = new ArrayList<>(List.of(
                new Words("network"),
                new Words("runs"),
                new Numbers("epoch", ValueFormat.WHOLE),
                new Numbers(
                        "loss",
                        ValueFormat.of("", all.stream().map(EpochFigures::loss).toList())),
                new Numbers(
                        "accuracy",
                        ValueFormat.of(
                                "fraction",
                                all.stream().map(EpochFigures::accuracy).toList()))));
        List<String> further = all.stream()
                .flatMap(epoch -> epoch.further().keySet().stream())
                .distinct()
                .toList();
        further.forEach(name -> columns.add(new Numbers(
                name, ValueFormat.of("", all.stream().map(further(name)).toList()))));
        List<List<Value>> rows = new ArrayList<>();
        trainings.forEach((training, cells) -> IntStream.range(
                        0, training.epochs().size())
                .forEach(epoch -> {
                    EpochFigures figures = training.epochs().get(epoch);
                    List<Value> row = new ArrayList<>(List.of(
                            new Text(training.unit()),
                            new Text(study.label(cells)),
                            new Table.Figure(epoch + 1),
                            new Table.Figure(figures.loss()),
                            new Table.Figure(figures.accuracy())));
                    further.forEach(
                            name -> row.add(new Table.Figure(further(name).apply(figures))));
                    rows.add(row);
                }));
        return new Table("trainings", columns, rows);
    }

    private static Function<EpochFigures, Double> further(String name) {
        return epoch -> epoch.further().getOrDefault(name, Double.NaN);
    }

    private Table curves() {
        List<Double> means = study.cells().stream()
                .flatMap(cell -> cell.run().curves().stream())
                .flatMap(curve -> curve.points().stream())
                .map(CurveBand.Point::mean)
                .toList();
        ValueFormat format = ValueFormat.of("", means);
        List<Column> columns = List.of(
                new Words("stage"),
                new Words("curve"),
                new Numbers("step", ValueFormat.WHOLE),
                new Numbers("mean", format),
                new Numbers("lower quartile", format),
                new Numbers("upper quartile", format));
        return places.table(
                "curves",
                columns,
                cell -> cell.run().curves().stream()
                        .flatMap(curve -> curve.points().stream()
                                .map(point -> List.<Value>of(
                                        new Text(curve.stage()),
                                        new Text(curve.name()),
                                        new Table.Figure(point.step()),
                                        new Table.Figure(point.mean()),
                                        new Table.Figure(point.lower()),
                                        new Table.Figure(point.upper()))))
                        .toList());
    }

    /** Fractions as they are, whatever else there is beside them. */
    public Table prepared() {
        List<Double> values = study.cells().stream()
                .flatMap(cell -> cell.run().prepared().stream())
                .map(Preparer.Figure::value)
                .toList();
        ValueFormat format = ValueFormat.of("", values);
        return places.table(
                "prepared",
                List.of(
                        new Words("figure"),
                        new Numbers("value", format),
                        new Numbers("least", format),
                        new Words("unit")),
                cell -> cell.run().prepared().stream()
                        .map(figure -> List.<Value>of(
                                new Text(figure.name()),
                                new Table.Figure(figure.value()),
                                new Table.Figure(Double.isFinite(figure.least()) ? figure.least() : Double.NaN),
                                new Text(figure.unit())))
                        .toList());
    }

    private Table queries() {
        return places.table(
                "queries",
                List.of(new Words("stage"), new Words("question"), new Numbers("images", ValueFormat.WHOLE)),
                cell -> cell.run().queries().stream()
                        .flatMap(stage -> stage.images().entrySet().stream()
                                .map(asked -> List.<Value>of(
                                        new Text(stage.stage()),
                                        new Text(asked.getKey()),
                                        new Table.Figure(asked.getValue()))))
                        .toList());
    }
}
