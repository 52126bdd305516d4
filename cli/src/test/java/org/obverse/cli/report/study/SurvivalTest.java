package org.obverse.cli.report.study;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.obverse.api.metric.Measurement.Better;
import org.obverse.api.metric.Measurement.Figure;
import org.obverse.api.metric.Measurement.Row;
import org.obverse.api.metric.Measurement.Table;
import org.obverse.cli.compare.ComparedCell;
import org.obverse.cli.compare.MeasuredCells;
import org.obverse.cli.figure.Bootstrap;
import org.obverse.cli.figure.Estimate;
import org.obverse.cli.figure.MeanInterval;
import org.obverse.cli.report.chart.Intervals;
import org.obverse.cli.report.chart.SvgIntervals;
import org.obverse.engine.record.Score;
import org.obverse.engine.record.Score.Subject;

final class SurvivalTest {
    private static final List<String> CHANGES = List.of("as drawn", "as saved", "blurred");

    /** What the metric leaves of one judge; each change takes a tenth. */
    private static Score audit(String metric, String judge, double... saved) {
        List<Figure> figures = CHANGES.stream()
                .map(change -> new Figure("Acc@1 " + change + "(" + judge + ")", 0, Better.HIGHER, "fraction"))
                .toList();
        List<Row> rows = IntStream.range(0, saved.length)
                .mapToObj(c -> new Row(c, List.of(saved[c] + 0.1, saved[c], saved[c] - 0.1)))
                .toList();
        Table table = new Table(
                "Type-I audit(" + judge + ")",
                CHANGES.stream().map(change -> "Acc@1 " + change).toList(),
                rows);
        return new Score.Measured(metric, Subject.ATTACK, figures, List.of(table), List.of(), List.of());
    }

    private static List<Setting> settings(Score... scores) {
        MeasuredCells study = new MeasuredCells(MeasuredCells.TWO_ALPHAS, "demo");
        List<ReportedCell> cells = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            ComparedCell cell = study.cell(i, scores);
            cells.add(new ReportedCell(cell.cell(), cell.record()));
        }
        return Setting.of(new ReportedStudy("demo", cells, ""));
    }

    private static Intervals audited() {
        return Survival.of(settings(
                        audit("type-i-audit", "first", MeasuredCells.around(0.6)),
                        audit("type-i-audit/2", "second", MeasuredCells.around(0.4))))
                .orElseThrow();
    }

    @Test
    void there_is_a_panel_for_each_setting_a_series_for_each_judge_and_a_place_for_each_change() {
        Intervals intervals = audited();

        assertEquals(CHANGES, intervals.places());
        assertEquals(
                List.of("alpha 0.1", "alpha 0"),
                intervals.panels().stream().map(Intervals.Panel::title).toList());
        assertEquals(
                List.of("first", "second"),
                intervals.panels().get(0).rows().stream()
                        .map(Intervals.Row::series)
                        .toList());
    }

    @Test
    void values_are_in_per_cent_with_the_interval_of_a_mean_over_the_classes() {
        Estimate saved = audited().panels().get(0).rows().get(0).values().get(1);
        MeanInterval mean =
                MeanInterval.of(new double[][] {MeasuredCells.around(0.6)}, "fraction", new Bootstrap(10_000));

        assertEquals(100 * mean.mean(), saved.value(), 1e-9);
        assertEquals(100 * mean.low(), saved.bounds().low(), 1e-9);
        assertEquals(100 * mean.high(), saved.bounds().high(), 1e-9);
    }

    @Test
    void the_file_has_a_point_and_an_interval_for_each_value_and_names_judges_and_changes() {
        String svg = SvgIntervals.of(audited());

        assertEquals(12, svg.split("class=\"interval series-", -1).length - 1);
        assertEquals(12, svg.split("r=\"2.8\"", -1).length - 1);
        for (String word : List.of(">as drawn<", ">blurred<", ">first<", ">second<", ">alpha 0.1<", ">alpha 0<")) {
            assertTrue(svg.contains(word), word);
        }
    }

    @Test
    void a_study_without_the_audit_has_no_such_picture() {
        assertFalse(Survival.of(settings(MeasuredCells.accuracy(MeasuredCells.around(0.5))))
                .isPresent());
    }
}
