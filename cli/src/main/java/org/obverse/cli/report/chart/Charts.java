package org.obverse.cli.report.chart;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.obverse.api.metric.Measurement.Chart;
import org.obverse.api.metric.Measurement.Mark;
import org.obverse.api.metric.Measurement.Series;
import org.obverse.cli.figure.Estimate;
import org.obverse.cli.report.chart.Intervals.Panel;
import org.obverse.cli.report.chart.Intervals.Row;
import org.obverse.cli.report.html.Resource;
import org.obverse.cli.report.html.Tag;
import tools.jackson.databind.json.JsonMapper;

/**
 * The charts of one page. The page has their data once, as JSON, and {@code charts.js} has Vega-Lite draw each in the place that it has
 * here.
 */
public final class Charts {
    static final int COLOURS = 8;

    private static final int DIGITS = 6;
    private static final JsonMapper JSON = new JsonMapper();

    private final List<Map<String, Object>> data = new ArrayList<>();

    /** The place of a chart with a title above it. */
    public Tag add(String title, Chart chart) {
        return add(title, chart, Frame.of(List.of(chart)));
    }

    /** The places of charts that have equal axes, by their titles; all have the same mark. */
    public List<Tag> addAlike(Map<String, Chart> charts) {
        Frame frame = Frame.of(List.copyOf(charts.values()));
        List<Tag> tags = new ArrayList<>();
        charts.forEach((title, chart) -> tags.add(add(title, chart, frame)));
        return tags;
    }

    /** The places of its panels, by their titles. */
    public List<Tag> add(Intervals intervals) {
        Scale up = intervals.up();
        List<String> series = intervals.series();
        List<Tag> tags = new ArrayList<>();
        for (Panel panel : intervals.panels()) {
            Map<String, Object> content = new LinkedHashMap<>();
            content.put("mark", "intervals");
            content.put("y", intervals.y());
            content.put("up", List.of(rounded(up.low()), rounded(up.high())));
            content.put("places", intervals.places());
            content.put("names", series);
            content.put("series", panel.rows().stream().map(Charts::row).toList());
            tags.add(place(panel.title(), List.of(), intervals.words(panel), content)
                    .addAll(legend(series)));
        }
        return tags;
    }

    private static Map<String, Object> row(Row row) {
        Map<String, Object> content = new LinkedHashMap<>();
        content.put("s", row.series());
        content.put("y", numbers(row.values().stream().map(Estimate::value).toList()));
        content.put(
                "l",
                numbers(row.values().stream().map(one -> one.bounds().low()).toList()));
        content.put(
                "h",
                numbers(row.values().stream().map(one -> one.bounds().high()).toList()));
        return content;
    }

    private Tag add(String title, Chart chart, Frame frame) {
        Map<String, Object> content = new LinkedHashMap<>();
        content.put("mark", chart.mark().name().toLowerCase(Locale.ROOT));
        content.put("x", chart.x());
        content.put("y", chart.y());
        content.put(
                "across",
                List.of(rounded(frame.across().low()), rounded(frame.across().high())));
        content.put("up", List.of(rounded(frame.up().low()), rounded(frame.up().high())));
        content.put(
                "series",
                chart.mark() == Mark.DISTRIBUTION
                        ? Violin.of(chart).stream().map(Charts::violin).toList()
                        : chart.series().stream()
                                .map(series -> Thinned.of(series, chart.mark()))
                                .map(Charts::series)
                                .toList());
        return place(title, end(chart), Words.of(chart), content).addAll(legend(chart));
    }

    private Tag place(String title, List<Tag> end, String words, Map<String, Object> content) {
        data.add(content);
        Tag figure = Tag.of("figure", "chart");
        if (!title.isEmpty()) {
            figure.add(Tag.of("figcaption").text(title + " ").addAll(end));
        }
        return figure.add(Tag.of("div", "plot")
                .with("role", "img")
                .with("aria-label", words)
                .with("data-chart", String.valueOf(data.size() - 1)));
    }

    /** The names of the series, if there are several; those of distributions stand below them. */
    private static List<Tag> legend(Chart chart) {
        if (chart.series().size() < 2 || chart.mark() == Mark.DISTRIBUTION) {
            return List.of();
        }
        return legend(chart.series().stream().map(Series::name).toList());
    }

    private static List<Tag> legend(List<String> series) {
        Tag names = Tag.of("ul", "legend");
        for (int i = 0; i < series.size(); i++) {
            names.add(Tag.of("li")
                    .with("style", "--colour:var(--series-" + (i % COLOURS + 1) + ")")
                    .text(series.get(i)));
        }
        return List.of(names);
    }

    /** What a line that is alone ends at. */
    private static List<Tag> end(Chart chart) {
        if (chart.mark() != Mark.LINE
                || chart.series().size() != 1
                || !chart.y().isEmpty()) {
            return List.of();
        }
        List<Double> values = chart.series().get(0).y();
        return values.isEmpty()
                ? List.of()
                : List.of(Tag.of("span", "value").text("→ " + Scale.exact(values.get(values.size() - 1))));
    }

    private static Map<String, Object> series(Series series) {
        Map<String, Object> content = new LinkedHashMap<>();
        content.put("s", series.name());
        content.put("x", numbers(series.x()));
        content.put("y", numbers(series.y()));
        if (!series.low().isEmpty()) {
            content.put("l", numbers(series.low()));
            content.put("h", numbers(series.high()));
        }
        return content;
    }

    private static Map<String, Object> violin(Violin violin) {
        Map<String, Object> content = new LinkedHashMap<>();
        Outline outline = violin.outline();
        content.put("s", violin.name());
        content.put("i", violin.place());
        content.put("y", numbers(outline.at()));
        content.put("a", numbers(violin.left()));
        content.put("b", numbers(violin.right()));
        content.put("q", numbers(List.of(outline.lower(), outline.median(), outline.upper())));
        return content;
    }

    private static List<@Nullable Double> numbers(List<Double> values) {
        return values.stream().map(Charts::rounded).collect(Collectors.toCollection(ArrayList<@Nullable Double>::new));
    }

    private static @Nullable Double rounded(double value) {
        return Double.isFinite(value)
                ? Double.valueOf(String.format(Locale.ROOT, "%." + (DIGITS - 1) + "e", value))
                : null;
    }

    /** What draws them, at the end of the page; nothing where there is none. */
    public List<Tag> scripts() {
        if (data.isEmpty()) {
            return List.of();
        }
        String json = JSON.writeValueAsString(data).replace("<", "\\u003c");
        return List.of(
                Tag.verbatim("script", json).with("type", "application/json").with("id", "charts"),
                script("vega.min.js"),
                script("vega-lite.min.js"),
                script("charts.js"));
    }

    private static Tag script(String name) {
        return Tag.verbatim("script", Resource.read(Charts.class, name));
    }
}
