package org.obverse.cli.report.study;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.obverse.api.metric.Measurement.Better;
import org.obverse.cli.figure.MeanInterval;

/** The best and the worst of some values, where the intervals of both allow to say so. */
public final class Ends {
    private Ends() {}

    /** Whether the 95 % intervals of a column's best and of its worst value have nothing in common; not where one of them has none. */
    public static boolean areApart(FigureColumn column, ReportedStudy study, List<Setting> settings) {
        Comparator<Integer> byValue =
                Comparator.comparingDouble(cell -> column.values().get(cell));
        List<Integer> ranked = IntStream.range(0, column.values().size())
                .filter(cell -> Double.isFinite(column.values().get(cell)))
                .boxed()
                .sorted(byValue)
                .toList();
        if (ranked.isEmpty() || column.better() == Better.NEITHER) {
            return false;
        }
        Optional<MeanInterval> lowest = interval(column, study.cells().get(ranked.get(0)), settings);
        Optional<MeanInterval> highest = interval(column, study.cells().get(ranked.get(ranked.size() - 1)), settings);
        return lowest.isPresent() && highest.isPresent() && areApart(lowest.get(), highest.get());
    }

    /** Whether two intervals have nothing in common; not where one side has none. */
    public static boolean areApart(MeanInterval one, MeanInterval other) {
        return one.high() < other.low() || other.high() < one.low();
    }

    private static Optional<MeanInterval> interval(FigureColumn column, ReportedCell cell, List<Setting> settings) {
        return settings.stream()
                .filter(setting -> setting.cells().contains(cell))
                .flatMap(setting -> setting.figures().entrySet().stream())
                .filter(figure -> figure.getKey().metric().equals(column.metric())
                        && figure.getValue().figure().figure().name().equals(column.label()))
                .map(figure -> figure.getValue().estimate())
                .findFirst();
    }
}
