package org.obverse.engine.product;

import org.obverse.api.attack.Stage;
import org.obverse.api.metric.Measurement;
import org.obverse.api.metric.Measurement.Chart;
import org.obverse.api.metric.Measurement.Figure;
import org.obverse.api.metric.Measurement.Picture;
import org.obverse.api.metric.Measurement.Table;

/** Names for what was measured of one stage's candidates, beside what is measured of another's: {@code sampled Acc@1(judge)}. */
public final class StageFigures {
    private StageFigures() {}

    public static Measurement of(Stage stage, Measurement measured) {
        String before = participle(stage) + " ";
        return new Measurement(
                measured.figures().stream()
                        .map(figure ->
                                new Figure(before + figure.name(), figure.value(), figure.better(), figure.unit()))
                        .toList(),
                measured.tables().stream()
                        .map(table -> new Table(before + table.name(), table.columns(), table.rows()))
                        .toList(),
                measured.pictures().stream()
                        .map(picture -> new Picture(before + picture.name(), picture.caption(), picture.pixels()))
                        .toList(),
                measured.charts().stream()
                        .map(chart -> new Chart(
                                before + chart.name(),
                                chart.caption(),
                                chart.mark(),
                                chart.x(),
                                chart.y(),
                                chart.series()))
                        .toList());
    }

    private static String participle(Stage stage) {
        return switch (stage) {
            case SAMPLE -> "sampled";
            case OPTIMIZE -> "optimized";
            case SELECT -> "selected";
            case PREPARE -> throw new IllegalArgumentException("preparing finds no candidates");
        };
    }
}
