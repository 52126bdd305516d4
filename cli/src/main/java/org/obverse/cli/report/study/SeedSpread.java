package org.obverse.cli.report.study;

import com.google.common.math.Stats;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.obverse.cli.figure.ValueFormat;
import org.obverse.engine.plan.Cell.Coordinate;

/**
 * What runs that differ in seeds alone found.
 *
 * @param setting where they lie on the other axes
 * @param runs how many they are
 * @param values of each column, of the cells that have one
 */
public record SeedSpread(List<Coordinate> setting, int runs, List<FigureColumn> columns, List<List<Double>> values) {
    public SeedSpread {
        setting = List.copyOf(setting);
        columns = List.copyOf(columns);
        values = List.copyOf(values);
    }

    /** One per combination of the other axes' values; none if no axis varies a seed. */
    public static List<SeedSpread> of(ReportedStudy study, List<FigureColumn> columns) {
        if (study.cells().get(0).cell().seeds().isEmpty()) {
            return List.of();
        }
        Map<List<Coordinate>, List<Integer>> rows = new LinkedHashMap<>();
        for (int i = 0; i < study.cells().size(); i++) {
            rows.computeIfAbsent(study.cells().get(i).cell().setting(), key -> new ArrayList<>())
                    .add(i);
        }
        return rows.entrySet().stream()
                .map(row -> new SeedSpread(
                        row.getKey(),
                        row.getValue().size(),
                        columns,
                        columns.stream()
                                .map(column -> row.getValue().stream()
                                        .map(column.values()::get)
                                        .filter(Double::isFinite)
                                        .toList())
                                .toList()))
                .toList();
    }

    /** Mean ± sample standard deviation of a figure; the value alone if only one run has it. */
    public String text(int column) {
        List<Double> found = values.get(column);
        FigureColumn figure = columns.get(column);
        List<Double> printed = new ArrayList<>(
                figure.values().stream().filter(Double::isFinite).toList());
        if (found.size() > 1) {
            printed.add(mean(column));
        }
        ValueFormat format = ValueFormat.of(figure.unit(), printed);
        return switch (found.size()) {
            case 0 -> format.of(Double.NaN);
            case 1 -> format.of(found.get(0));
            default -> format.of(mean(column)) + " ± " + format.of(deviation(column));
        };
    }

    /** Of a figure, over the cells that have one; NaN if none has. */
    public double mean(int column) {
        return values.get(column).isEmpty() ? Double.NaN : Stats.meanOf(values.get(column));
    }

    /** Sample standard deviation of a figure; NaN if fewer than two cells have one. */
    public double deviation(int column) {
        return values.get(column).size() < 2
                ? Double.NaN
                : Stats.of(values.get(column)).sampleStandardDeviation();
    }
}
