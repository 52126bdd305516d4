package org.obverse.cli.report.chart;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.obverse.api.metric.Measurement.Chart;
import org.obverse.api.metric.Measurement.Mark;
import org.obverse.api.metric.Measurement.Series;
import org.obverse.cli.report.html.Tag;

/**
 * A chart as a file for papers, in colours for white paper. Drawn here, and not by Vega-Lite as on a page, because that needs a browser or
 * another runtime for its language, and an export needs neither.
 */
public final class SvgChart {
    private static final double WIDTH = 320;
    private static final double LEFT = 44;
    private static final double RIGHT = 44;
    private static final double TOP = 22;
    private static final double ROOM = 108;
    private static final double LINE = 14;

    private final Chart chart;
    private final Frame frame;
    private final Svg svg = new Svg();

    private SvgChart(Chart chart) {
        this.chart = chart;
        this.frame = Frame.of(List.of(chart));
    }

    /** A file that needs no other. */
    public static String of(Chart chart) {
        SvgChart drawn = new SvgChart(chart);
        drawn.axes();
        switch (chart.mark()) {
            case LINE -> drawn.each(drawn::line);
            case POINTS -> drawn.each(drawn::points);
            case DISTRIBUTION -> Violin.of(chart).forEach(drawn::violin);
        }
        double height = drawn.legend(TOP + ROOM + 2 * LINE);
        return drawn.svg.file(WIDTH, height, Words.of(chart));
    }

    private interface Drawing {
        void draw(Series series, String colour);
    }

    private void each(Drawing drawing) {
        for (int i = 0; i < chart.series().size(); i++) {
            drawing.draw(Thinned.of(chart.series().get(i), chart.mark()), colour(i));
        }
    }

    private static String colour(int index) {
        return "series-" + (index % Charts.COLOURS + 1);
    }

    private void axes() {
        svg.add(Svg.words(LEFT, 12, "name", "start").text(chart.y().isEmpty() ? chart.name() : chart.y()));
        for (double tick : frame.up().ticks(4)) {
            svg.add(Svg.line(LEFT, y(tick), WIDTH - RIGHT, y(tick)));
            svg.add(Svg.words(LEFT - 5, y(tick) + 3.5, "tick", "end")
                    .text(frame.up().label(tick)));
        }
        double below = TOP + ROOM + LINE;
        if (chart.mark() != Mark.DISTRIBUTION) {
            boolean isWhole = chart.series().stream()
                    .flatMap(series -> series.x().stream())
                    .allMatch(x -> x == Math.rint(x));
            for (double tick : frame.across().ticks(5)) {
                if (!isWhole || tick == Math.rint(tick)) {
                    svg.add(Svg.words(x(tick), below, "tick", "middle")
                            .text(frame.across().label(tick)));
                }
            }
        }
        boolean isShort = chart.x().length() <= 6;
        svg.add(Svg.words(
                        WIDTH - RIGHT + (isShort ? 12 : RIGHT),
                        isShort ? below : below + LINE - 3,
                        "tick",
                        isShort ? "start" : "end")
                .text(chart.x()));
    }

    private void line(Series series, String colour) {
        List<Integer> shown = IntStream.range(0, series.y().size())
                .filter(i -> Double.isFinite(series.y().get(i)))
                .boxed()
                .toList();
        if (shown.isEmpty()) {
            return;
        }
        if (!series.low().isEmpty()) {
            List<Integer> back = new ArrayList<>(shown);
            Collections.reverse(back);
            String band = path(shown, series.x(), series.high())
                    + path(back, series.x(), series.low()).replace('M', 'L') + "Z";
            svg.add(Tag.of("path", "band " + colour).with("d", band));
        }
        svg.add(Tag.of("path", "mean " + colour).with("d", path(shown, series.x(), series.y())));
        int last = shown.get(shown.size() - 1);
        svg.add(Svg.dot(x(series.x().get(last)), y(series.y().get(last)), "2.5", "end " + colour));
        if (chart.series().size() == 1) {
            svg.add(Svg.words(x(series.x().get(last)) + 5, y(series.y().get(last)) + 3.5, "value", "start")
                    .text(Scale.exact(series.y().get(last))));
        }
    }

    private void points(Series series, String colour) {
        for (int i = 0; i < series.y().size(); i++) {
            if (Double.isFinite(series.x().get(i)) && Double.isFinite(series.y().get(i))) {
                svg.add(Svg.dot(x(series.x().get(i)), y(series.y().get(i)), "1.5", "point " + colour));
            }
        }
    }

    private void violin(Violin violin) {
        String colour = colour(violin.place());
        Outline outline = violin.outline();
        List<Integer> along = IntStream.range(0, outline.at().size()).boxed().toList();
        List<Integer> back = new ArrayList<>(along);
        Collections.reverse(back);
        String shape = path(along, violin.left(), outline.at())
                + path(back, violin.right(), outline.at()).replace('M', 'L') + "Z";
        double middle = x(violin.place());
        svg.add(Tag.of("path", "band " + colour).with("d", shape));
        svg.add(Svg.line(middle, y(outline.lower()), middle, y(outline.upper())).with("class", "range " + colour));
        svg.add(Svg.dot(middle, y(outline.median()), "2.5", "end " + colour));
    }

    /** Below the chart, a line for each series, if there are several; returns where the picture ends. */
    private double legend(double from) {
        double at = from;
        if (chart.series().size() > 1) {
            for (int i = 0; i < chart.series().size(); i++, at += LINE) {
                svg.add(Svg.dot(LEFT + 3, at + 3, "3", "end " + colour(i)));
                svg.add(Svg.words(LEFT + 12, at + 6.5, "tick", "start")
                        .text(chart.series().get(i).name()));
            }
        }
        return at;
    }

    private String path(List<Integer> along, List<Double> x, List<Double> y) {
        StringBuilder path = new StringBuilder();
        for (int i : along) {
            path.append(path.isEmpty() ? 'M' : 'L')
                    .append(Svg.number(x(x.get(i))))
                    .append(' ')
                    .append(Svg.number(y(y.get(i))));
        }
        return path.toString();
    }

    private double x(double place) {
        return LEFT + frame.across().share(place) * (WIDTH - LEFT - RIGHT);
    }

    private double y(double value) {
        return TOP + ROOM - frame.up().share(value) * ROOM;
    }
}
