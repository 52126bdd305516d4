package org.obverse.cli.report.chart;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.obverse.cli.figure.Estimate;

/**
 * Estimates with their intervals at named places, a colour for each series; panels side by side have equal axes.
 *
 * @param name what it shows
 * @param caption how it was computed
 * @param y what stands along the vertical axis, with its unit
 * @param places along the horizontal axis, at least one
 * @param panels at least one
 */
public record Intervals(String name, String caption, String y, List<String> places, List<Panel> panels) {
    public Intervals {
        places = List.copyOf(places);
        panels = List.copyOf(panels);
    }

    /**
     * Some of the values.
     *
     * @param title empty if it is the only one
     */
    public record Panel(String title, List<Row> rows) {
        public Panel {
            rows = List.copyOf(rows);
        }
    }

    /**
     * Values of one colour, in every panel the same.
     *
     * @param values one for each place; those that are undefined are not drawn
     */
    public record Row(String series, List<Estimate> values) {
        public Row {
            values = List.copyOf(values);
        }
    }

    /** In the order in which panels have them. */
    List<String> series() {
        return panels.stream()
                .flatMap(panel -> panel.rows().stream())
                .map(Row::series)
                .distinct()
                .toList();
    }

    /** The vertical axis of all panels. */
    Scale up() {
        double[] values = panels.stream()
                .flatMap(panel -> panel.rows().stream())
                .flatMap(row -> row.values().stream())
                .flatMapToDouble(one -> DoubleStream.of(
                        one.value(), one.bounds().low(), one.bounds().high()))
                .filter(Double::isFinite)
                .toArray();
        return Scale.around(
                DoubleStream.of(values).min().orElse(0),
                DoubleStream.of(values).max().orElse(1));
    }

    /** For those who do not see it. */
    String words(Panel panel) {
        List<String> parts = new ArrayList<>();
        for (Row row : panel.rows()) {
            for (int i = 0; i < places.size(); i++) {
                parts.add(row.series() + " " + places.get(i) + " "
                        + Scale.exact(row.values().get(i).value()));
            }
        }
        return Stream.concat(Stream.of(panel.title()).filter(title -> !title.isEmpty()), parts.stream())
                .reduce((a, b) -> a + "; " + b)
                .map(all -> name + ": " + all)
                .orElse(name);
    }
}
