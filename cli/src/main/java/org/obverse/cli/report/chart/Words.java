package org.obverse.cli.report.chart;

import java.util.List;
import java.util.stream.Collectors;
import org.obverse.api.metric.Measurement.Chart;
import org.obverse.api.metric.Measurement.Mark;
import org.obverse.api.metric.Measurement.Series;

/** A chart for those who do not see it: where its lines begin and end, and what lies in the middle. */
final class Words {
    private static final int TOLD = 8;

    private Words() {}

    static String of(Chart chart) {
        List<String> parts = switch (chart.mark()) {
            case LINE ->
                chart.series().stream()
                        .filter(series -> !series.y().isEmpty())
                        .map(series -> line(chart, series))
                        .toList();
            case POINTS ->
                chart.series().stream()
                        .map(series -> named(series.name()) + series.y().size() + " points")
                        .toList();
            case DISTRIBUTION ->
                Violin.of(chart).stream()
                        .map(violin -> named(violin.name()) + "median "
                                + Scale.exact(violin.outline().median()))
                        .toList();
        };
        String first = parts.stream().limit(TOLD).collect(Collectors.joining("; "));
        String rest = parts.size() > TOLD ? "; and " + (parts.size() - TOLD) + " more" : "";
        String along = chart.mark() == Mark.POINTS ? " (" + chart.y() + " over " + chart.x() + ")" : "";
        return chart.name() + along + ": " + (parts.isEmpty() ? "no values" : first + rest);
    }

    private static String named(String name) {
        return name.isEmpty() ? "" : name + " ";
    }

    private static String line(Chart chart, Series series) {
        int last = series.y().size() - 1;
        return "%sfrom %s at %s %s to %s at %s %s"
                .formatted(
                        named(series.name()),
                        Scale.exact(series.y().get(0)),
                        chart.x(),
                        Scale.exact(series.x().get(0)),
                        Scale.exact(series.y().get(last)),
                        chart.x(),
                        Scale.exact(series.x().get(last)));
    }
}
