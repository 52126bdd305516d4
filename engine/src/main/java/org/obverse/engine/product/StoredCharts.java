package org.obverse.engine.product;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.obverse.api.metric.Measurement.Chart;
import org.obverse.api.metric.Measurement.Mark;
import org.obverse.api.metric.Measurement.Series;
import org.obverse.engine.artifact.TensorFile;

/**
 * The charts of a measurement, apart: what they say, and the columns of their series.
 *
 * @param columns values by {@code chart.CHART.SERIES.COLUMN}, the first two counted from 0
 */
record StoredCharts(List<Outline> outlines, Map<String, List<Double>> columns) {
    /** A chart without its values; the series by name. */
    record Outline(String name, String caption, Mark mark, String x, String y, List<String> series) {}

    static StoredCharts of(List<Chart> charts) {
        List<Outline> outlines = new ArrayList<>();
        Map<String, List<Double>> columns = new LinkedHashMap<>();
        for (int i = 0; i < charts.size(); i++) {
            Chart chart = charts.get(i);
            outlines.add(new Outline(
                    chart.name(),
                    chart.caption(),
                    chart.mark(),
                    chart.x(),
                    chart.y(),
                    chart.series().stream().map(Series::name).toList()));
            for (int j = 0; j < chart.series().size(); j++) {
                Series series = chart.series().get(j);
                columns.put(column(i, j, "x"), series.x());
                columns.put(column(i, j, "y"), series.y());
                columns.put(column(i, j, "low"), series.low());
                columns.put(column(i, j, "high"), series.high());
            }
        }
        columns.values().removeIf(List::isEmpty);
        return new StoredCharts(outlines, columns);
    }

    Map<String, NDArray> tensors(NDManager manager) {
        Map<String, NDArray> tensors = new LinkedHashMap<>();
        columns.forEach((name, values) -> tensors.put(
                name, manager.create(values.stream().mapToDouble(value -> value).toArray())));
        return tensors;
    }

    static List<Chart> read(List<Outline> outlines, NDManager manager, TensorFile file) {
        List<Chart> charts = new ArrayList<>();
        for (int i = 0; i < outlines.size(); i++) {
            Outline outline = outlines.get(i);
            int chart = i;
            List<Series> series = IntStream.range(0, outline.series().size())
                    .mapToObj(j -> new Series(
                            outline.series().get(j),
                            values(column(chart, j, "x"), manager, file),
                            values(column(chart, j, "y"), manager, file),
                            values(column(chart, j, "low"), manager, file),
                            values(column(chart, j, "high"), manager, file)))
                    .toList();
            charts.add(new Chart(outline.name(), outline.caption(), outline.mark(), outline.x(), outline.y(), series));
        }
        return charts;
    }

    private static List<Double> values(String column, NDManager manager, TensorFile file) {
        if (!file.names().contains(column)) {
            return List.of();
        }
        try (NDArray stored = file.tensor(manager, column)) {
            return Arrays.stream(stored.toDoubleArray()).boxed().toList();
        }
    }

    private static String column(int chart, int series, String column) {
        return "chart." + chart + "." + series + "." + column;
    }
}
