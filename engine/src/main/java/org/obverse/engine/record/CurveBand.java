package org.obverse.engine.record;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A figure over the steps of a stage, over all its candidates.
 *
 * @param stage such as {@code optimize}
 * @param name such as {@code loss}
 * @param points one per step, as long as any candidate has a value
 */
public record CurveBand(String stage, String name, List<Point> points) {
    public CurveBand {
        points = List.copyOf(points);
    }

    /** Over rows that may differ in length; steps at which no candidate has a finite value are left out. */
    static CurveBand of(String stage, String name, List<float[]> rows) {
        List<Point> points = new ArrayList<>();
        int steps = rows.stream().mapToInt(row -> row.length).max().orElse(0);
        for (int i = 0; i < steps; i++) {
            int step = i;
            double[] values = rows.stream()
                    .filter(row -> step < row.length)
                    .mapToDouble(row -> row[step])
                    .filter(Double::isFinite)
                    .toArray();
            if (values.length > 0) {
                points.add(Point.of(step + 1, values));
            }
        }
        return new CurveBand(stage, name, points);
    }

    /**
     * The candidates that have a finite value at a step.
     *
     * @param step the first is 1
     * @param lower the first quartile, between the neighbouring ranks by linear interpolation
     * @param upper the third, likewise
     */
    public record Point(int step, double mean, double lower, double upper) {
        /** Of at least one value; sorts them in place. */
        static Point of(int step, double[] values) {
            Arrays.sort(values);
            return new Point(
                    step, Arrays.stream(values).sum() / values.length, quantile(values, 0.25), quantile(values, 0.75));
        }

        private static double quantile(double[] sorted, double share) {
            double rank = share * (sorted.length - 1);
            int below = (int) rank;
            int above = Math.min(below + 1, sorted.length - 1);
            return sorted[below] + (rank - below) * (sorted[above] - sorted[below]);
        }
    }
}
