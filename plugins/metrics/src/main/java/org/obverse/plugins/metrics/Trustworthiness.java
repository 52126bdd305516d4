package org.obverse.plugins.metrics;

import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * How far the neighbours that a map shows are neighbours of the points themselves (Venna and Kaski 2001): {@code T(k) = 1 − 2/(n k (2n − 3k −
 * 1)) · Σᵢ Σ_{j among i's k nearest on the map} max(0, r(i, j) − k)}, where r is j's rank by distance to i among the points, from 1.
 *
 * @param k below n/2
 */
record Trustworthiness(int k) {
    /**
     * @param points one per row
     * @param map of the same points
     * @return in [0, 1]
     */
    double of(double[][] points, double[][] map) {
        int n = points.length;
        double penalty = 0;
        for (int i = 0; i < n; i++) {
            int[] byPoint = nearest(points, i);
            int[] rank = new int[n];
            for (int place = 0; place < byPoint.length; place++) {
                rank[byPoint[place]] = place + 1;
            }
            int[] byMap = nearest(map, i);
            for (int place = 0; place < k; place++) {
                penalty += Math.max(0, rank[byMap[place]] - k);
            }
        }
        return 1 - 2 * penalty / ((double) n * k * (2.0 * n - 3 * k - 1));
    }

    /** All others, by distance; equally distant ones by index. */
    static int[] nearest(double[][] points, int from) {
        double[] distances = Distances.squared(points[from], points);
        return IntStream.range(0, points.length)
                .filter(other -> other != from)
                .boxed()
                .sorted(Comparator.comparingDouble(other -> distances[other]))
                .mapToInt(other -> other)
                .toArray();
    }
}
