package org.obverse.cli.report.chart;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * The shape of a violin: how densely the values lie at some heights, and their quartiles.
 *
 * @param at heights, ascending, from the smallest value to the largest
 * @param width density at each, as a share of the largest
 */
record Outline(List<Double> at, List<Double> width, double lower, double median, double upper) {
    private static final int HEIGHTS = 64;
    private static final double SILVERMAN = 0.9;
    private static final double NORMAL_QUARTILES = 1.34;

    /**
     * By a Gaussian kernel with the bandwidth of Silverman, Density Estimation (1986), eq. 3.31: {@code 0.9 · min(standard deviation,
     * interquartile range / 1.34) · n^(-1/5)}.
     *
     * @param values at least one, finite
     */
    static Outline of(double... values) {
        double[] sorted = Arrays.stream(values).sorted().toArray();
        double lower = quantile(sorted, 0.25);
        double median = quantile(sorted, 0.5);
        double upper = quantile(sorted, 0.75);
        double low = sorted[0];
        double high = sorted[sorted.length - 1];
        double bandwidth = bandwidth(sorted, upper - lower);
        if (high == low || bandwidth == 0) {
            return new Outline(listed(low, high), listed(1, 1), lower, median, upper);
        }
        double[] at = IntStream.range(0, HEIGHTS)
                .mapToDouble(i -> low + (high - low) * i / (HEIGHTS - 1))
                .toArray();
        double[] density = Arrays.stream(at)
                .map(height -> density(sorted, height, bandwidth))
                .toArray();
        double most = Arrays.stream(density).max().orElseThrow();
        return new Outline(
                listed(at), listed(Arrays.stream(density).map(d -> d / most).toArray()), lower, median, upper);
    }

    private static double bandwidth(double[] sorted, double range) {
        double mean = Arrays.stream(sorted).average().orElseThrow();
        double squares = Arrays.stream(sorted)
                .map(value -> (value - mean) * (value - mean))
                .sum();
        double deviation = Math.sqrt(squares / Math.max(1, sorted.length - 1));
        double spread = range == 0 ? deviation : Math.min(deviation, range / NORMAL_QUARTILES);
        return SILVERMAN * spread * Math.pow(sorted.length, -0.2);
    }

    private static double density(double[] values, double at, double bandwidth) {
        return Arrays.stream(values)
                .map(value -> (value - at) / bandwidth)
                .map(z -> Math.exp(-0.5 * z * z))
                .sum();
    }

    /** Between the neighbouring ranks by linear interpolation. */
    private static double quantile(double[] sorted, double share) {
        double rank = share * (sorted.length - 1);
        int below = (int) rank;
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (rank - below) * (sorted[above] - sorted[below]);
    }

    private static List<Double> listed(double... values) {
        return DoubleStream.of(values).boxed().collect(Collectors.toUnmodifiableList());
    }
}
