package org.obverse.cli.report;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.obverse.engine.record.CurveBand.Point;
import org.obverse.engine.record.RunRecord.Training;
import org.obverse.engine.training.ClassifierTrainer.EpochFigures;

/** A line over steps, with the band around it, as SVG that takes its colours from the style sheet. */
public final class Chart {
    private static final Set<String> SHARES = Set.of("confidence", "accuracy");
    private static final double WIDTH = 320;
    private static final double HEIGHT = 150;
    private static final double LEFT = 44;
    private static final double RIGHT = 44;
    private static final double TOP = 22;
    private static final double BOTTOM = 20;
    private static final int MOST_POINTS = 240;

    private final String name;
    private final String unit;
    private final List<Point> points;
    private final Scale across;
    private final Scale up;

    /**
     * @param name such as {@code loss}; a {@code confidence} or {@code accuracy} is drawn from 0 to 1
     * @param unit of the horizontal axis, such as {@code step}
     * @param points at least one
     */
    public Chart(String name, String unit, List<Point> points) {
        this.name = name;
        this.unit = unit;
        this.points = thinned(points);
        this.across = new Scale(
                points.get(0).step(),
                Math.max(points.get(points.size() - 1).step(), points.get(0).step() + 1));
        double low = points.stream()
                .mapToDouble(p -> Math.min(p.lower(), p.mean()))
                .min()
                .orElse(0);
        double high = points.stream()
                .mapToDouble(p -> Math.max(p.upper(), p.mean()))
                .max()
                .orElse(1);
        this.up = SHARES.contains(name) ? new Scale(0, 1) : Scale.around(low, high);
    }

    /** A figure over the epochs of a training, of which there is at least one. */
    public static Chart of(String name, Training training, ToDoubleFunction<EpochFigures> figure) {
        List<Point> points = IntStream.range(0, training.epochs().size())
                .mapToObj(epoch -> {
                    double value = figure.applyAsDouble(training.epochs().get(epoch));
                    return new Point(epoch + 1, value, value, value);
                })
                .toList();
        return new Chart(name, "epoch", points);
    }

    private static List<Point> thinned(List<Point> points) {
        int last = points.size() - 1;
        int every = 1 + last / MOST_POINTS;
        return IntStream.rangeClosed(0, last)
                .filter(i -> i % every == 0 || i == last)
                .mapToObj(points::get)
                .toList();
    }

    /** A file that needs no other, in colours for white paper. */
    public String svg() {
        return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                + tag().with("xmlns", "http://www.w3.org/2000/svg")
                        .with("width", number(2 * WIDTH))
                        .with("height", number(2 * HEIGHT))
                        .add(Tag.verbatim("style", Style.read("chart.css")))
                        .html();
    }

    Tag tag() {
        Tag chart = Tag.of("svg", "chart")
                .with("viewBox", "0 0 320 150")
                .with("role", "img")
                .with("aria-label", summary());
        chart.add(words(LEFT, 12, "name", "start").text(name));
        for (double tick : up.ticks(4)) {
            chart.add(
                    line(LEFT, y(tick), WIDTH - RIGHT, y(tick)),
                    words(LEFT - 5, y(tick) + 3.5, "tick", "end").text(up.label(tick)));
        }
        for (double tick : across.ticks(5)) {
            if (tick == Math.rint(tick)) {
                chart.add(words(x(tick), HEIGHT - 6, "tick", "middle").text(across.label(tick)));
            }
        }
        chart.add(words(WIDTH - RIGHT + 12, HEIGHT - 6, "tick", "start").text(unit));
        if (points.stream().anyMatch(p -> p.upper() > p.lower())) {
            chart.add(Tag.of("path", "band").with("d", band()));
        }
        Point end = points.get(points.size() - 1);
        return chart.add(
                Tag.of("path", "mean").with("d", path(points, Point::mean)),
                Tag.of("circle", "end")
                        .with("cx", number(x(end.step())))
                        .with("cy", number(y(end.mean())))
                        .with("r", "2.5"),
                words(x(end.step()) + 5, y(end.mean()) + 3.5, "value", "start").text(up.exact(end.mean())));
    }

    private String summary() {
        Point start = points.get(0);
        Point end = points.get(points.size() - 1);
        return "%s from %s at %s %d to %s at %s %d"
                .formatted(name, up.exact(start.mean()), unit, start.step(), up.exact(end.mean()), unit, end.step());
    }

    private String band() {
        List<Point> back = new ArrayList<>(points);
        Collections.reverse(back);
        return path(points, Point::upper) + path(back, Point::lower).replace('M', 'L') + "Z";
    }

    private String path(List<Point> along, ToDoubleFunction<Point> value) {
        StringBuilder path = new StringBuilder();
        for (Point point : along) {
            path.append(path.isEmpty() ? 'M' : 'L')
                    .append(number(x(point.step())))
                    .append(' ')
                    .append(number(y(value.applyAsDouble(point))));
        }
        return path.toString();
    }

    private static Tag line(double x1, double y1, double x2, double y2) {
        return Tag.of("line")
                .with("x1", number(x1))
                .with("y1", number(y1))
                .with("x2", number(x2))
                .with("y2", number(y2));
    }

    private static Tag words(double x, double y, String style, String anchor) {
        return Tag.of("text", style).with("x", number(x)).with("y", number(y)).with("text-anchor", anchor);
    }

    private double x(double step) {
        return LEFT + across.share(step) * (WIDTH - LEFT - RIGHT);
    }

    private double y(double value) {
        return HEIGHT - BOTTOM - up.share(value) * (HEIGHT - TOP - BOTTOM);
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }
}
