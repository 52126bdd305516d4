package org.obverse.cli.report.chart;

import java.util.List;

/** Temporary: the API's. */
public record Chart(String name, String caption, Mark mark, String x, String y, List<Series> series) {
    public enum Mark {
        LINE,
        POINTS,
        DISTRIBUTION
    }

    public record Series(String name, List<Double> x, List<Double> y, List<Double> low, List<Double> high) {}
}
