package org.obverse.cli.report.chart;

import com.google.common.math.Quantiles;
import com.google.common.math.Stats;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
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
        Map<Integer, Double> quartiles = Quantiles.quartiles().indexes(1, 2, 3).compute(sorted);
        double lower = quartiles.getOrDefault(1, Double.NaN);
        double median = quartiles.getOrDefault(2, Double.NaN);
        double upper = quartiles.getOrDefault(3, Double.NaN);
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
        double deviation = sorted.length == 1 ? 0 : Stats.of(sorted).sampleStandardDeviation();
        double spread = range == 0 ? deviation : Math.min(deviation, range / NORMAL_QUARTILES);
        return SILVERMAN * spread * Math.pow(sorted.length, -0.2);
    }

    private static double density(double[] values, double at, double bandwidth) {
        return Arrays.stream(values)
                .map(value -> (value - at) / bandwidth)
                .map(z -> Math.exp(-0.5 * z * z))
                .sum();
    }

    private static List<Double> listed(double... values) {
        return DoubleStream.of(values).boxed().collect(Collectors.toUnmodifiableList());
    }
}
