package org.obverse.cli.report.chart;

import java.util.ArrayList;
import java.util.List;
import org.obverse.api.metric.Measurement.Chart;

/**
 * One series of a chart of distributions.
 *
 * @param place the first series of the chart stands at 0
 */
record Violin(String name, int place, Outline outline) {
    private static final double HALF = 0.42;

    /** Of each series that has a finite value. */
    static List<Violin> of(Chart chart) {
        List<Violin> violins = new ArrayList<>();
        for (int i = 0; i < chart.series().size(); i++) {
            double[] values = chart.series().get(i).y().stream()
                    .mapToDouble(value -> value)
                    .filter(Double::isFinite)
                    .toArray();
            if (values.length > 0) {
                violins.add(new Violin(chart.series().get(i).name(), i, Outline.of(values)));
            }
        }
        return violins;
    }

    List<Double> left() {
        return outline.width().stream().map(width -> place - HALF * width).toList();
    }

    List<Double> right() {
        return outline.width().stream().map(width -> place + HALF * width).toList();
    }
}
