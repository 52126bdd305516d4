package org.obverse.plugins.metrics;

import java.util.Arrays;

/** Squared Euclidean distances between points, by subtraction in double precision: no cancellation between near ones. */
final class Distances {
    private Distances() {}

    /** The squared distance of every point of {@code a} (rows) to every point of {@code b} (columns). */
    static double[][] squared(double[][] a, double[][] b) {
        return Arrays.stream(a).map(point -> squared(point, b)).toArray(double[][]::new);
    }

    /** The squared distance of one point to every point of {@code b}. */
    static double[] squared(double[] point, double[][] b) {
        return Arrays.stream(b).mapToDouble(other -> squared(point, other)).toArray();
    }

    /**
     * The squared distance of every point of {@code a} to the nearest point of {@code b}.
     *
     * @param b at least one point
     */
    static double[] toNearest(double[][] a, double[][] b) {
        return Arrays.stream(a)
                .mapToDouble(point -> Arrays.stream(squared(point, b)).min().orElseThrow())
                .toArray();
    }

    /** The mean Euclidean distance of two different ones of some points; NaN of fewer than two. */
    static double meanPairwise(double[][] points) {
        double sum = 0;
        for (int i = 0; i < points.length; i++) {
            for (int j = 0; j < i; j++) {
                sum += between(points[i], points[j]);
            }
        }
        return sum / (points.length * (points.length - 1L) / 2.0);
    }

    /** The Euclidean distance of two points. */
    static double between(double[] x, double[] y) {
        return Math.sqrt(squared(x, y));
    }

    /** The Euclidean length of a point's vector. */
    static double norm(double... point) {
        return Math.sqrt(Arrays.stream(point).map(x -> x * x).sum());
    }

    private static double squared(double[] x, double[] y) {
        double sum = 0;
        for (int d = 0; d < x.length; d++) {
            double difference = x[d] - y[d];
            sum += difference * difference;
        }
        return sum;
    }
}
