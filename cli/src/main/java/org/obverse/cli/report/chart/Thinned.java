package org.obverse.cli.report.chart;

import java.util.List;
import java.util.stream.IntStream;
import org.obverse.api.metric.Measurement.Mark;
import org.obverse.api.metric.Measurement.Series;

/** As much of a series as an eye can tell apart: every so many-th point, and the last. */
final class Thinned {
    private static final int ALONG_A_LINE = 240;
    private static final int SCATTERED = 1500;

    private Thinned() {}

    static Series of(Series series, Mark mark) {
        int most = mark == Mark.LINE ? ALONG_A_LINE : SCATTERED;
        int last = series.x().size() - 1;
        int every = 1 + Math.max(0, last) / most;
        int[] kept = IntStream.rangeClosed(0, last)
                .filter(i -> i % every == 0 || i == last)
                .toArray();
        return new Series(
                series.name(),
                kept(series.x(), kept),
                kept(series.y(), kept),
                kept(series.low(), kept),
                kept(series.high(), kept));
    }

    private static List<Double> kept(List<Double> values, int[] kept) {
        return values.isEmpty()
                ? values
                : IntStream.of(kept).mapToObj(values::get).toList();
    }
}
