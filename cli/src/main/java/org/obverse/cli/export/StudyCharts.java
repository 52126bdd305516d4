package org.obverse.cli.export;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.obverse.api.metric.Measurement.Chart;
import org.obverse.api.metric.Measurement.Series;
import org.obverse.cli.figure.ValueFormat;
import org.obverse.cli.report.chart.Recorded;
import org.obverse.cli.report.chart.SvgChart;
import org.obverse.cli.report.chart.SvgIntervals;
import org.obverse.cli.report.study.Analysis;
import org.obverse.cli.report.study.OverAxis;
import org.obverse.cli.report.study.ReportedCell;
import org.obverse.cli.report.study.ReportedStudy;
import org.obverse.cli.report.study.Setting;
import org.obverse.cli.report.study.Survival;
import org.obverse.cli.table.Places;
import org.obverse.cli.table.Table;
import org.obverse.cli.table.Table.Column;
import org.obverse.cli.table.Table.Numbers;
import org.obverse.cli.table.Table.Text;
import org.obverse.cli.table.Table.Value;
import org.obverse.cli.table.Table.Words;
import org.obverse.engine.record.RunRecord.Training;
import org.obverse.engine.training.ClassifierTrainer.EpochFigures;

/** The charts of a study by the names of their files, and the values of those that stand in no other table. */
record StudyCharts(ReportedStudy study) {
    /** A picture and the words that name its file. */
    record Named(String name, String svg) {
        Named(String name, Chart chart) {
            this(name, SvgChart.of(chart));
        }
    }

    List<Named> all() {
        List<Named> all = new ArrayList<>();
        for (ReportedCell cell : study.cells()) {
            cell.run().curves().stream()
                    .filter(curve -> !curve.points().isEmpty())
                    .forEach(curve -> all.add(new Named(
                            cell.cell().name() + " " + curve.stage() + " " + curve.name(), Recorded.of(curve))));
        }
        Map<Training, List<ReportedCell>> trainings =
                study.grouped(cell -> cell.run().trainings());
        trainings.forEach((training, cells) -> {
            String name = "training " + training.unit() + " " + study.label(cells);
            all.add(new Named(name + " loss", Recorded.of("loss", training, EpochFigures::loss)));
            all.add(new Named(name + " accuracy", Recorded.of("accuracy", training, EpochFigures::accuracy)));
        });
        List<Setting> settings = Setting.of(study);
        Survival.of(settings).ifPresent(survival -> all.add(new Named(survival.name(), SvgIntervals.of(survival))));
        OverAxis.of(study, settings)
                .forEach(over -> all.add(new Named(over.chart().name() + " over " + over.axis(), over.chart())));
        for (Analysis analysis : Analysis.of(study)) {
            analysis.distinct()
                    .forEach((chart, cells) -> all.add(
                            new Named(analysis.metric() + " " + chart.name() + " " + study.label(cells), chart)));
        }
        return all;
    }

    /** The values of each metric's chart: a row per value, behind the coordinates of its cell. */
    List<Table> values() {
        return Analysis.of(study).stream().map(this::values).toList();
    }

    private Table values(Analysis analysis) {
        Map<String, Function<Series, List<Double>>> columns = new LinkedHashMap<>();
        Chart first = analysis.charts().values().iterator().next();
        columns.put(first.x().isEmpty() ? "x" : first.x(), Series::x);
        columns.put(first.y().isEmpty() || columns.containsKey(first.y()) ? "y" : first.y(), Series::y);
        columns.put("low", Series::low);
        columns.put("high", Series::high);
        columns.values()
                .removeIf(of -> analysis.charts().values().stream()
                        .flatMap(chart -> chart.series().stream())
                        .allMatch(series -> of.apply(series).isEmpty()));
        List<Column> heads = new ArrayList<>(List.of(new Words("series")));
        columns.forEach((name, of) -> heads.add(new Numbers(name, format(analysis, of))));
        return new Places(study)
                .table(
                        analysis.metric() + " " + analysis.name(),
                        heads,
                        cell -> Stream.ofNullable(analysis.charts().get(cell))
                                .flatMap(chart -> chart.series().stream())
                                .flatMap(series -> rows(series, List.copyOf(columns.values())))
                                .toList());
    }

    private static ValueFormat format(Analysis analysis, Function<Series, List<Double>> of) {
        return ValueFormat.of(
                "",
                analysis.charts().values().stream()
                        .flatMap(chart -> chart.series().stream())
                        .flatMap(series -> of.apply(series).stream())
                        .toList());
    }

    private static Stream<List<Value>> rows(Series series, List<Function<Series, List<Double>>> columns) {
        List<List<Value>> rows = new ArrayList<>();
        for (int i = 0; i < series.y().size(); i++) {
            List<Value> row = new ArrayList<>(List.of(new Text(series.name())));
            for (Function<Series, List<Double>> column : columns) {
                List<Double> values = column.apply(series);
                row.add(new Table.Figure(values.isEmpty() ? Double.NaN : values.get(i)));
            }
            rows.add(row);
        }
        return rows.stream();
    }
}
