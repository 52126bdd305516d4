package org.obverse.cli.report.study;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.obverse.api.metric.Measurement.Better;
import org.obverse.api.metric.Measurement.Figure;
import org.obverse.api.metric.Measurement.Series;
import org.obverse.cli.compare.ComparedCell;
import org.obverse.cli.compare.MeasuredCells;
import org.obverse.engine.record.Score;
import org.obverse.engine.record.Score.Subject;

final class OverAxisTest {
    private static final String TWO_AXES = MeasuredCells.PLAN
            + "study: { axes: { target.defense.0.alpha: [0.1, -0.05, 0], attack.stages.optimize.loss: [poincare, cross-entropy] } }\n";

    private static List<OverAxis> over(String plan, Score... scores) {
        MeasuredCells cells = new MeasuredCells(plan, "study");
        List<ReportedCell> reported = new ArrayList<>();
        for (int i = 0; i < scores.length; i++) {
            ComparedCell cell = cells.cell(i, scores[i]);
            reported.add(new ReportedCell(cell.cell(), cell.record()));
        }
        ReportedStudy study = new ReportedStudy("study", reported, "");
        return OverAxis.of(study, Setting.of(study));
    }

    private static Score distance(double value) {
        return new Score.Measured(
                "distance",
                Subject.ATTACK,
                List.of(new Figure("distance", value, Better.LOWER, "pixels")),
                List.of(),
                List.of(),
                List.of());
    }

    private static Score[] distances(double... values) {
        return IntStream.range(0, values.length)
                .mapToObj(i -> distance(values[i]))
                .toArray(Score[]::new);
    }

    @Test
    void an_axis_of_numbers_has_a_line_for_each_value_of_the_other_in_the_order_of_the_numbers() {
        List<OverAxis> found = over(TWO_AXES, distances(10, 11, 20, 21, 30, 31));

        assertEquals(1, found.size(), "the loss is no number");
        assertEquals("alpha", found.get(0).axis());
        assertEquals("distance", found.get(0).chart().name());
        assertEquals(
                List.of(
                        Series.of("loss poincare", List.of(-0.05, 0.0, 0.1), List.of(20.0, 30.0, 10.0)),
                        Series.of("loss cross-entropy", List.of(-0.05, 0.0, 0.1), List.of(21.0, 31.0, 11.0))),
                found.get(0).chart().series());
        assertEquals("pixels", found.get(0).chart().y());
    }

    @Test
    void seeds_are_one_point_with_their_deviation() {
        List<OverAxis> found = over(MeasuredCells.SEEDS, distances(1, 2, 3, 5, 5, 5));

        Series line = found.get(0).chart().series().get(0);
        assertEquals(List.of(0.0, 0.1), line.x());
        assertEquals(List.of(5.0, 2.0), line.y());
        assertEquals(List.of(5.0, 1.0), line.low());
        assertEquals(List.of(5.0, 3.0), line.high());
        assertTrue(found.get(0).chart().caption().contains("standard deviation over the seeds"));
    }

    @Test
    void a_figure_per_class_has_its_interval_in_per_cent() {
        List<OverAxis> found = over(
                MeasuredCells.TWO_ALPHAS,
                MeasuredCells.accuracy(MeasuredCells.around(0.7)),
                MeasuredCells.accuracy(MeasuredCells.reversed(0.4)));

        assertEquals(1, found.size(), "one figure, one chart");
        Series line = found.get(0).chart().series().get(0);
        assertEquals(
                100 * MeasuredCells.mean(MeasuredCells.reversed(0.4)), line.y().get(0), 1e-9);
        assertTrue(
                line.low().get(0) < line.y().get(0) - 1
                        && line.high().get(0) > line.y().get(0) + 1,
                line.toString());
        assertEquals("%", found.get(0).chart().y());
        assertTrue(found.get(0).chart().caption().contains("95 % intervals"));
    }

    @Test
    void a_single_place_is_no_line() {
        assertEquals(List.of(), over(MeasuredCells.PLAN, distances(1)));
    }
}
