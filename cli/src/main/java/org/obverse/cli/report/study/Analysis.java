package org.obverse.cli.report.study;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.obverse.api.metric.Measurement.Chart;
import org.obverse.api.metric.Measurement.Mark;
import org.obverse.engine.record.Score.Measured;

/**
 * One chart of a metric over all cells that have it.
 *
 * @param charts all with the same mark, by cell, in the study's order
 */
public record Analysis(String metric, String name, Map<ReportedCell, Chart> charts) {
    private record Key(String metric, String name, Mark mark) {}

    /** Every chart of every metric that is done in some cell. */
    public static List<Analysis> of(ReportedStudy study) {
        Map<Key, Map<ReportedCell, Chart>> found = new LinkedHashMap<>();
        for (ReportedCell cell : study.cells()) {
            cell.run().scores().forEach(score -> {
                if (score instanceof Measured measured) {
                    measured.charts()
                            .forEach(chart -> found.computeIfAbsent(
                                            new Key(score.metric(), chart.name(), chart.mark()),
                                            key -> new LinkedHashMap<>())
                                    .put(cell, chart));
                }
            });
        }
        List<Analysis> analyses = new ArrayList<>();
        found.forEach((key, charts) -> analyses.add(new Analysis(key.metric(), key.name(), charts)));
        return analyses;
    }

    /** Equal charts once, each with the cells that have it: cells may share what was measured. */
    public Map<Chart, List<ReportedCell>> distinct() {
        Map<Chart, List<ReportedCell>> distinct = new LinkedHashMap<>();
        charts.forEach((cell, chart) ->
                distinct.computeIfAbsent(chart, key -> new ArrayList<>()).add(cell));
        return distinct;
    }
}
