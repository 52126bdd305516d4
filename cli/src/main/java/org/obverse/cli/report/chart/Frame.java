package org.obverse.cli.report.chart;

import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.obverse.api.metric.Measurement.Chart;
import org.obverse.api.metric.Measurement.Mark;
import org.obverse.api.metric.Measurement.Series;

/**
 * The axes of a chart.
 *
 * @param across from left to right; of distributions, the first stands at 0, the second at 1
 * @param up from bottom to top
 */
record Frame(Scale across, Scale up) {
    /** Lie between 0 and 1 by what they are, where the chart says nothing of a unit. */
    private static final Set<String> SHARES = Set.of("confidence", "accuracy");

    /** One for charts that are to be compared by eye; at least one, all with the same mark. */
    static Frame of(List<Chart> charts) {
        Chart first = charts.get(0);
        double[] heights = finite(charts, series -> Stream.of(series.y(), series.low(), series.high()));
        Scale up = first.y().isEmpty() && SHARES.contains(first.name())
                ? new Scale(0, 1)
                : Scale.around(least(heights, 0), most(heights, 1));
        if (first.mark() == Mark.DISTRIBUTION) {
            int most = charts.stream()
                    .mapToInt(chart -> chart.series().size())
                    .max()
                    .orElse(1);
            return new Frame(new Scale(-0.5, most - 0.5), up);
        }
        double[] places = finite(charts, series -> Stream.of(series.x()));
        double low = least(places, 0);
        double high = most(places, 1);
        if (first.mark() == Mark.POINTS) {
            return new Frame(Scale.around(low, high), up);
        }
        return new Frame(new Scale(low, high > low ? high : low + 1), up);
    }

    private static double[] finite(List<Chart> charts, Function<Series, Stream<List<Double>>> values) {
        return charts.stream()
                .flatMap(chart -> chart.series().stream())
                .flatMap(values)
                .flatMap(List::stream)
                .mapToDouble(value -> value)
                .filter(Double::isFinite)
                .toArray();
    }

    private static double least(double[] values, double otherwise) {
        return DoubleStream.of(values).min().orElse(otherwise);
    }

    private static double most(double[] values, double otherwise) {
        return DoubleStream.of(values).max().orElse(otherwise);
    }
}
