package org.obverse.cli.report.chart;

import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.obverse.api.metric.Measurement.Chart;
import org.obverse.api.metric.Measurement.Mark;
import org.obverse.api.metric.Measurement.Series;
import org.obverse.engine.record.CurveBand;
import org.obverse.engine.record.CurveBand.Point;
import org.obverse.engine.record.RunRecord.Training;
import org.obverse.engine.training.ClassifierTrainer.EpochFigures;

/** The charts of what a run recorded while it went on. */
public final class Recorded {
    private Recorded() {}

    /** A curve over the steps of a stage, which has at least one point, with its quartiles. */
    public static Chart of(CurveBand curve) {
        List<Point> points = curve.points();
        boolean isBand = points.stream().anyMatch(point -> point.upper() > point.lower());
        return line(
                curve.name(),
                "step",
                new Series(
                        "",
                        points.stream().map(point -> (double) point.step()).toList(),
                        points.stream().map(Point::mean).toList(),
                        isBand ? points.stream().map(Point::lower).toList() : List.of(),
                        isBand ? points.stream().map(Point::upper).toList() : List.of()));
    }

    /** A figure over the epochs of a training, of which there is at least one. */
    public static Chart of(String name, Training training, ToDoubleFunction<EpochFigures> figure) {
        List<EpochFigures> epochs = training.epochs();
        return line(
                name,
                "epoch",
                new Series(
                        "",
                        IntStream.rangeClosed(1, epochs.size())
                                .mapToObj(epoch -> (double) epoch)
                                .toList(),
                        epochs.stream()
                                .map(epoch -> figure.applyAsDouble(epoch))
                                .toList(),
                        List.of(),
                        List.of()));
    }

    private static Chart line(String name, String x, Series series) {
        return new Chart(name, "", Mark.LINE, x, "", List.of(series));
    }
}
