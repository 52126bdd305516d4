package org.obverse.cli.report.study;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.obverse.api.metric.Measurement.Better;
import org.obverse.api.metric.Measurement.Figure;
import org.obverse.cli.compare.MetricTargets;
import org.obverse.cli.figure.ValueFormat;
import org.obverse.engine.record.Score;
import org.obverse.engine.record.Score.Measured;
import org.obverse.engine.record.Score.Undefined;

/**
 * One figure over all cells.
 *
 * @param metric that found it, such as {@code attack-accuracy}
 * @param name as the metric gives it; the metric's own name if it was undefined in every cell
 * @param suffix what tells it from the same figure of other models; empty if there is none
 * @param values one per cell; NaN where there is none
 */
public record FigureColumn(String metric, String name, String suffix, Better better, String unit, List<Double> values) {
    public FigureColumn {
        values = List.copyOf(values);
    }

    /** Every figure of every metric that is done in some cell, in the plan's order. */
    public static List<FigureColumn> of(ReportedStudy study) {
        Set<String> metrics = new LinkedHashSet<>();
        for (ReportedCell cell : study.cells()) {
            cell.run().scores().forEach(score -> metrics.add(score.metric()));
        }
        List<FigureColumn> columns = new ArrayList<>();
        metrics.forEach(metric -> columns.addAll(of(metric, study)));
        return columns;
    }

    private static List<FigureColumn> of(String metric, ReportedStudy study) {
        List<Map<String, Figure>> figures =
                study.cells().stream().map(cell -> figures(metric, cell)).toList();
        Map<String, Figure> first = new LinkedHashMap<>();
        figures.forEach(of -> of.forEach(first::putIfAbsent));
        String suffix = study.cells().stream()
                .map(cell -> MetricTargets.of(cell.run().plan()).suffix(metric))
                .filter(of -> !of.isEmpty())
                .findFirst()
                .orElse("");
        if (first.isEmpty()) {
            List<Double> none = study.cells().stream().map(cell -> Double.NaN).toList();
            return List.of(new FigureColumn(metric, metric, suffix, Better.NEITHER, "", none));
        }
        return first.values().stream()
                .map(figure -> new FigureColumn(
                        metric,
                        figure.name(),
                        suffix,
                        figure.better(),
                        figure.unit(),
                        figures.stream()
                                .map(of -> of.containsKey(figure.name())
                                        ? of.getOrDefault(figure.name(), figure).value()
                                        : Double.NaN)
                                .toList()))
                .toList();
    }

    private static Map<String, Figure> figures(String metric, ReportedCell cell) {
        Map<String, Figure> figures = new LinkedHashMap<>();
        for (Score score : cell.run().scores()) {
            if (score instanceof Measured measured && score.metric().equals(metric)) {
                measured.figures().forEach(figure -> figures.put(figure.name(), figure));
            }
        }
        return figures;
    }

    /** Why metrics are undefined, in sentences, each with the cells that it is said of. */
    public static Map<String, List<ReportedCell>> reasons(ReportedStudy study, List<FigureColumn> columns) {
        Map<String, List<ReportedCell>> reasons = new LinkedHashMap<>();
        Set<String> seen = new LinkedHashSet<>();
        for (FigureColumn column : columns) {
            if (seen.add(column.metric())) {
                study.cells().stream()
                        .filter(cell -> !column.reason(cell).isEmpty())
                        .forEach(cell -> reasons.computeIfAbsent(
                                        column.metric() + " is undefined: " + column.reason(cell),
                                        key -> new ArrayList<>())
                                .add(cell));
            }
        }
        return reasons;
    }

    /** Why the metric is undefined in a cell; empty if it is not. */
    public String reason(ReportedCell cell) {
        for (Score score : cell.run().scores()) {
            if (score instanceof Undefined undefined && score.metric().equals(metric)) {
                return undefined.reason();
            }
        }
        return "";
    }

    /** As it is shown: {@code test accuracy of negative} where several models have it. */
    public String label() {
        return name + suffix;
    }

    /** The label without the model that judges: {@code FID} of {@code FID(small-inception)}. */
    public String bareLabel() {
        return (judge().isEmpty() ? name : name.substring(0, name.length() - judge().length() - 2)) + suffix;
    }

    /** The model that judges: {@code small-inception} of {@code FID(small-inception)}; empty if none is named. */
    public String judge() {
        int open = name.lastIndexOf('(');
        return name.endsWith(")") && open > 0 && name.charAt(open - 1) != ' '
                ? name.substring(open + 1, name.length() - 1)
                : "";
    }

    public String arrow() {
        return switch (better) {
            case HIGHER -> "↑";
            case LOWER -> "↓";
            case NEITHER -> "";
        };
    }

    public ValueFormat format() {
        return ValueFormat.of(unit, values.stream().filter(Double::isFinite).toList());
    }

    /** How one value stands among all: the style sheet's {@code best} or {@code worst}, or nothing. */
    public String standing(double value) {
        double lowest = finite(true);
        double highest = finite(false);
        if (better == Better.NEITHER || lowest == highest) {
            return "";
        }
        double best = better == Better.HIGHER ? highest : lowest;
        double worst = better == Better.HIGHER ? lowest : highest;
        return value == best ? "best" : value == worst ? "worst" : "";
    }

    private double finite(boolean least) {
        var finite = values.stream().filter(Double::isFinite).mapToDouble(value -> value);
        return (least ? finite.min() : finite.max()).orElse(Double.NaN);
    }
}
