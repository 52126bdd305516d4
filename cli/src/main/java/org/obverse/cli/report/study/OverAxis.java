package org.obverse.cli.report.study;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.obverse.api.metric.Measurement.Chart;
import org.obverse.api.metric.Measurement.Mark;
import org.obverse.api.metric.Measurement.Series;
import org.obverse.cli.figure.MeanInterval;
import org.obverse.engine.plan.Cell.Coordinate;

/**
 * A figure against the numbers on an axis: a line for each value of the other axes, cells that differ in seeds alone as one.
 *
 * @param axis its label
 * @param chart its name is that of the figure; fractions are in per cent
 */
public record OverAxis(String axis, Chart chart) {
    private static final int PERCENT = 100;

    /** Of each axis with at least two values which are all numbers, and that is no seed, each figure. */
    public static List<OverAxis> of(ReportedStudy study, List<Setting> settings) {
        List<Coordinate> first = study.cells().get(0).cell().setting();
        List<FigureColumn> figures = FigureColumn.of(study);
        List<OverAxis> charts = new ArrayList<>();
        for (int i = 0; i < first.size(); i++) {
            if (isNumeric(settings, i)) {
                for (FigureColumn figure : figures) {
                    chart(study, settings, i, figure)
                            .ifPresent(chart -> charts.add(
                                    new OverAxis(first.get(chart.axis()).label(), chart.chart())));
                }
            }
        }
        return charts;
    }

    private record Numbered(int axis, Chart chart) {}

    private static List<Coordinate> at(Setting setting) {
        return setting.cells().get(0).cell().setting();
    }

    private static boolean isNumeric(List<Setting> settings, int axis) {
        List<OptionalDouble> values = settings.stream()
                .map(setting -> number(at(setting).get(axis).value()))
                .distinct()
                .toList();
        return values.size() > 1 && values.stream().allMatch(OptionalDouble::isPresent);
    }

    private static OptionalDouble number(String value) {
        try {
            double number = Double.parseDouble(value);
            return Double.isFinite(number) ? OptionalDouble.of(number) : OptionalDouble.empty();
        } catch (NumberFormatException e) {
            return OptionalDouble.empty();
        }
    }

    /** What a figure is at one place; without a band, both ends are NaN. */
    private record Value(double mean, double low, double high) {}

    /** Empty if no line has two places. */
    private static Optional<Numbered> chart(
            ReportedStudy study, List<Setting> settings, int axis, FigureColumn figure) {
        boolean isEstimated =
                settings.stream().allMatch(setting -> estimate(setting, figure).isPresent());
        Map<String, Map<Double, Value>> lines = new LinkedHashMap<>();
        for (Setting setting : settings) {
            List<Coordinate> rest = new ArrayList<>(at(setting));
            double place = number(rest.remove(axis).value()).orElseThrow();
            Value value = isEstimated
                    ? estimate(setting, figure)
                            .map(found -> new Value(found.mean(), found.low(), found.high()))
                            .orElseThrow()
                    : spread(study, setting, figure);
            if (Double.isFinite(value.mean())) {
                lines.computeIfAbsent(ReportedCell.label(rest), key -> new TreeMap<>())
                        .put(place, value);
            }
        }
        if (lines.values().stream().allMatch(line -> line.size() < 2)) {
            return Optional.empty();
        }
        boolean isShare = figure.unit().equals("fraction");
        List<Series> series = new ArrayList<>();
        lines.forEach((name, line) -> series.add(series(name, line, isShare ? PERCENT : 1)));
        boolean isBand = series.stream().anyMatch(line -> !line.low().isEmpty());
        String caption = !isBand
                ? ""
                : isEstimated
                        ? "Bands: 95 % intervals, by a bootstrap over the classes and the seeds."
                        : "Bands: one standard deviation over the seeds to each side.";
        return Optional.of(new Numbered(
                axis,
                new Chart(
                        figure.label(),
                        caption,
                        Mark.LINE,
                        at(settings.get(0)).get(axis).label(),
                        isShare ? "%" : figure.unit(),
                        series)));
    }

    private static Optional<MeanInterval> estimate(Setting setting, FigureColumn figure) {
        return setting.figures().values().stream()
                .filter(found -> found.figure().place().metric().equals(figure.metric()))
                .filter(found -> found.figure().figure().name().equals(figure.label()))
                .map(Setting.Estimated::estimate)
                .findFirst();
    }

    private static Value spread(ReportedStudy study, Setting setting, FigureColumn figure) {
        double[] values = IntStream.range(0, study.cells().size())
                .filter(i -> setting.cells().contains(study.cells().get(i)))
                .mapToDouble(i -> figure.values().get(i))
                .filter(Double::isFinite)
                .toArray();
        SeedSpread spread = new SeedSpread(
                at(setting),
                values.length,
                List.of(figure),
                List.of(IntStream.range(0, values.length)
                        .mapToObj(i -> values[i])
                        .toList()));
        double mean = spread.mean(0);
        return new Value(mean, mean - spread.deviation(0), mean + spread.deviation(0));
    }

    private static Series series(String name, Map<Double, Value> line, int factor) {
        List<Value> values = List.copyOf(line.values());
        boolean isBand = values.stream().allMatch(value -> Double.isFinite(value.low()));
        return new Series(
                name,
                List.copyOf(line.keySet()),
                values.stream().map(value -> factor * value.mean()).toList(),
                isBand ? values.stream().map(value -> factor * value.low()).toList() : List.of(),
                isBand ? values.stream().map(value -> factor * value.high()).toList() : List.of());
    }
}
