package org.obverse.cli.report.chart;

import java.util.List;
import java.util.stream.Collectors;
import org.obverse.cli.figure.Estimate;
import org.obverse.cli.report.chart.Intervals.Panel;
import org.obverse.cli.report.chart.Intervals.Row;

/** Estimates with intervals as a file for papers: two panels in a row, in colours for white paper. */
public final class SvgIntervals {
    private static final double WIDTH = 320;
    private static final double LEFT = 36;
    private static final double RIGHT = 8;
    private static final double TOP = 34;
    private static final double ROOM = 120;
    private static final double LINE = 14;
    private static final double BELOW = 2 * LINE;
    /** The share of a place that its series take. */
    private static final double GROUP = 0.6;

    private final Intervals intervals;
    private final Scale up;
    private final Svg svg = new Svg();

    private SvgIntervals(Intervals intervals) {
        this.intervals = intervals;
        this.up = intervals.up();
    }

    /** A file that needs no other. */
    public static String of(Intervals intervals) {
        return new SvgIntervals(intervals).file();
    }

    private String file() {
        int columns = Math.min(2, intervals.panels().size());
        int rows = (intervals.panels().size() + 1) / 2;
        for (int i = 0; i < intervals.panels().size(); i++) {
            int row = i / 2;
            panel(intervals.panels().get(i), i % 2 * WIDTH, row * (TOP + ROOM + BELOW));
        }
        double at = rows * (TOP + ROOM + BELOW);
        double along = LEFT;
        for (String series : intervals.series()) {
            svg.add(Svg.dot(along + 3, at, "3", "end " + colour(series)));
            svg.add(Svg.words(along + 12, at + 3.5, "tick", "start").text(series));
            along += 28 + 5.5 * series.length();
        }
        return svg.file(
                columns * WIDTH,
                at + LINE,
                intervals.panels().stream().map(intervals::words).collect(Collectors.joining(". ")));
    }

    private String colour(String series) {
        return "series-" + (intervals.series().indexOf(series) % Charts.COLOURS + 1);
    }

    private void panel(Panel panel, double left, double top) {
        svg.add(Svg.words(left + LEFT, top + 12, "name", "start")
                .text(panel.title().isEmpty() ? intervals.name() : panel.title()));
        svg.add(Svg.words(left + LEFT, top + 26, "tick", "start").text(intervals.y()));
        for (double tick : up.ticks(4)) {
            svg.add(Svg.line(left + LEFT, y(top, tick), left + WIDTH - RIGHT, y(top, tick)));
            svg.add(Svg.words(left + LEFT - 5, y(top, tick) + 3.5, "tick", "end")
                    .text(up.label(tick)));
        }
        List<String> places = intervals.places();
        for (int i = 0; i < places.size(); i++) {
            svg.add(Svg.words(x(left, i + 0.5), top + TOP + ROOM + LINE, "tick", "middle")
                    .text(places.get(i)));
            for (Row row : panel.rows()) {
                interval(row.values().get(i), x(left, i + offset(row.series())), top, colour(row.series()));
            }
        }
    }

    private void interval(Estimate one, double x, double top, String colour) {
        if (!one.isDefined()) {
            return;
        }
        if (one.bounds().areKnown()) {
            svg.add(Svg.line(
                            x,
                            y(top, one.bounds().low()),
                            x,
                            y(top, one.bounds().high()))
                    .with("class", "interval " + colour));
        }
        svg.add(Svg.dot(x, y(top, one.value()), "2.8", "end " + colour));
    }

    /** Within a place of width 1. */
    private double offset(String series) {
        int count = intervals.series().size();
        return 0.5 + GROUP * ((intervals.series().indexOf(series) + 0.5) / count - 0.5);
    }

    private double x(double left, double place) {
        return left + LEFT + place / intervals.places().size() * (WIDTH - LEFT - RIGHT);
    }

    private double y(double top, double value) {
        return top + TOP + ROOM - up.share(value) * ROOM;
    }
}
