package org.obverse.cli.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.obverse.api.metric.Measurement.Chart;
import org.obverse.cli.report.chart.Charts;
import org.obverse.cli.report.html.Tag;
import org.obverse.cli.report.study.OverAxis;

/** The figures over the axes that have numbers. */
final class AxisSection {
    private AxisSection() {}

    static List<Tag> of(List<OverAxis> all, Charts charts) {
        Map<String, List<Chart>> axes = new LinkedHashMap<>();
        all.forEach(over ->
                axes.computeIfAbsent(over.axis(), key -> new ArrayList<>()).add(over.chart()));
        List<Tag> tags = new ArrayList<>();
        axes.forEach((axis, figures) -> {
            tags.add(Tag.of("h3").text("Over " + axis));
            figures.stream()
                    .map(Chart::caption)
                    .distinct()
                    .filter(caption -> !caption.isEmpty())
                    .forEach(caption -> tags.add(Tag.of("p", "note").text(caption)));
            tags.add(Tag.of("div", "charts wide")
                    .addAll(figures.stream()
                            .map(chart -> charts.add(chart.name(), chart))
                            .toList()));
        });
        return tags;
    }
}
