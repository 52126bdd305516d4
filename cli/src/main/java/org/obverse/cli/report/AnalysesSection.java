package org.obverse.cli.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.obverse.api.metric.Measurement.Chart;
import org.obverse.cli.report.chart.Charts;
import org.obverse.cli.report.html.Tag;
import org.obverse.cli.report.study.Analysis;
import org.obverse.cli.report.study.ReportedStudy;
import org.obverse.cli.report.study.Setting;
import org.obverse.cli.report.study.Survival;

/** The charts of the metrics, those that are drawn from their tables first: side by side what cells have of one chart, on equal axes. */
final class AnalysesSection {
    private AnalysesSection() {}

    static List<Tag> of(ReportedStudy study, List<Setting> settings, Charts charts) {
        List<Tag> tags = new ArrayList<>();
        Survival.of(settings).ifPresent(survival -> {
            tags.add(Tag.of("h3").text(survival.name()));
            tags.add(Tag.of("p", "note").text(survival.caption()));
            tags.add(Tag.of("div", "charts wide").addAll(charts.add(survival)));
        });
        for (Analysis analysis : Analysis.of(study)) {
            Map<String, Chart> titled = new LinkedHashMap<>();
            analysis.distinct().forEach((chart, cells) -> titled.put(study.label(cells), chart));
            tags.add(Tag.of("h3").text(analysis.name()));
            titled.values().stream()
                    .map(Chart::caption)
                    .distinct()
                    .filter(caption -> !caption.isEmpty())
                    .forEach(caption -> tags.add(Tag.of("p", "note").text(caption)));
            tags.add(Tag.of("div", "charts wide").addAll(charts.addAlike(titled)));
        }
        return tags;
    }
}
