package org.obverse.plugins.metrics;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * A closed ball around each of some points, which reaches to the k-th nearest other of them, at distance r.
 *
 * <p>A point at distance d from the centre c lies inside if {@code d <= r + 3e-5 (r + |c|)} ({@link Ties}): a point that is
 * as far away as the k-th nearest is inside, whatever the last bits of the three. Balls that coinciding points leave
 * without extent hold those points for the same reason.
 */
final class Balls {
    private final double[][] centres;
    private final double[] squaredReach;

    private Balls(double[][] centres, double... squaredReach) {
        this.centres = centres;
        this.squaredReach = squaredReach;
    }

    /**
     * @param points more than k
     * @param k at least 1
     */
    static Balls around(double[][] points, int k) {
        return new Balls(
                points,
                IntStream.range(0, points.length)
                        .mapToDouble(i -> widened(radius(points, i, k), points[i]))
                        .toArray());
    }

    private static double radius(double[][] points, int centre, int k) {
        double[] distances = Distances.squared(points[centre], points);
        distances[centre] = Double.NEGATIVE_INFINITY;
        Arrays.sort(distances);
        return Math.sqrt(distances[k]);
    }

    /** The square of the largest distance from a point that counts as equal to {@code distance}. */
    private static double widened(double distance, double... point) {
        double reach = distance + Ties.margin(distance + Distances.norm(point));
        return reach * reach;
    }

    /** How many of the balls a point lies in. */
    int holding(double[] point) {
        double[] distances = Distances.squared(point, centres);
        return (int) IntStream.range(0, centres.length)
                .filter(i -> distances[i] <= squaredReach[i])
                .count();
    }

    /** Whether the ball of the nearest centre holds a point; of centres equally near one suffices, in whatever order. */
    boolean nearestHolds(double[] point) {
        double[] distances = Distances.squared(point, centres);
        double nearest = widened(Math.sqrt(Arrays.stream(distances).min().orElseThrow()), point);
        return IntStream.range(0, centres.length)
                .anyMatch(i -> distances[i] <= nearest && distances[i] <= squaredReach[i]);
    }

    /** How many of the balls hold at least one of some points. */
    int occupied(double[][] points) {
        double[] distances = Distances.toNearest(centres, points);
        return (int) IntStream.range(0, centres.length)
                .filter(i -> distances[i] <= squaredReach[i])
                .count();
    }
}
