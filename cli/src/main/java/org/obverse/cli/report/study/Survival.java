package org.obverse.cli.report.study;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.obverse.cli.figure.Bounds;
import org.obverse.cli.figure.Estimate;
import org.obverse.cli.report.chart.Intervals;
import org.obverse.cli.report.chart.Intervals.Panel;
import org.obverse.cli.report.chart.Intervals.Row;
import org.obverse.cli.report.study.Setting.Estimated;

/** Whether what each judge recognises survives changes that no person would mind, from the tables of the metric {@code type-i-audit}. */
public final class Survival {
    private static final String METRIC = "type-i-audit";
    private static final String FIGURE = "Acc@1 ";
    private static final int PERCENT = 100;
    private static final String CAPTION =
            "The share of reconstructions that each judge takes for the attacked person, by what was done to the image; 95 % intervals by a bootstrap"
                    + " over the classes and the seeds. A likeness survives what no person would mind, so what is lost to it may be a false positive of that judge"
                    + " (arXiv 2505.03519) – or a loss that real images have, too: the control 'real' tells.";

    private Survival() {}

    /** A panel for each setting that the metric measured, a colour for each judge; nothing if there is none. */
    public static Optional<Intervals> of(List<Setting> settings) {
        List<String> places =
                settings.stream().flatMap(Survival::columns).distinct().toList();
        List<Panel> panels = new ArrayList<>();
        for (Setting setting : settings) {
            Map<String, Map<String, Estimate>> judges = new LinkedHashMap<>();
            audited(setting)
                    .forEach(found -> judges.computeIfAbsent(judge(found), key -> new LinkedHashMap<>())
                            .put(found.figure().place().column(), percent(found)));
            List<Row> rows = new ArrayList<>();
            judges.forEach((judge, values) -> rows.add(new Row(
                    judge,
                    places.stream()
                            .map(place -> values.getOrDefault(place, Estimate.NONE))
                            .toList())));
            if (!rows.isEmpty()) {
                panels.add(new Panel(setting.label(), rows));
            }
        }
        List<String> changes = places.stream()
                .map(place -> place.startsWith(FIGURE) ? place.substring(FIGURE.length()) : place)
                .toList();
        return panels.isEmpty()
                ? Optional.empty()
                : Optional.of(new Intervals("recognised after changes", CAPTION, "Acc@1, %", changes, panels));
    }

    private static Stream<Estimated> audited(Setting setting) {
        return setting.figures().values().stream()
                .filter(found -> found.figure().place().metric().startsWith(METRIC));
    }

    private static Stream<String> columns(Setting setting) {
        return audited(setting).map(found -> found.figure().place().column());
    }

    private static String judge(Estimated found) {
        String table = found.figure().place().table();
        return table.substring(table.lastIndexOf('(') + 1, table.length() - 1);
    }

    private static Estimate percent(Estimated found) {
        Estimate estimate = found.estimate().estimate();
        return new Estimate(
                PERCENT * estimate.value(),
                new Bounds(
                        PERCENT * estimate.bounds().low(),
                        PERCENT * estimate.bounds().high()));
    }
}
