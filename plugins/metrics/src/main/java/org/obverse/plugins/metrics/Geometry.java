package org.obverse.plugins.metrics;

import java.util.Arrays;
import java.util.function.IntConsumer;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * How samples lie to those of their own class and of others (Struppek et al. 2024, Fig. 5): one value per sample, as a share of the
 * largest distance between any two samples. NaN where a sample is the only one of its class.
 */
final class Geometry {
    private final double[] own;
    private final double[] others;
    private final double[] nearestOwn;
    private final double[] nearestOther;

    private Geometry(int samples) {
        own = new double[samples];
        others = new double[samples];
        nearestOwn = infinite(samples);
        nearestOther = infinite(samples);
    }

    private static double[] infinite(int samples) {
        double[] values = new double[samples];
        Arrays.fill(values, Double.POSITIVE_INFINITY);
        return values;
    }

    /** Mean Euclidean distance to the other samples of its class. */
    double[] own() {
        return own;
    }

    /** Mean distance to the samples of all other classes. */
    double[] others() {
        return others;
    }

    /** Distance to the nearest other sample of its class. */
    double[] nearestOwn() {
        return nearestOwn;
    }

    /** Distance to the nearest sample of another class. */
    double[] nearestOther() {
        return nearestOther;
    }

    /**
     * @param features one row per sample
     * @param begun is told of each sample before it is held against those before it, and free to end this by an exception
     * @param labels at least two of them differ
     * @throws IllegalArgumentException if all rows are equal
     */
    static Geometry of(double[][] features, IntConsumer begun, int... labels) {
        Geometry sums = new Geometry(labels.length);
        double largest = 0;
        for (int i = 0; i < labels.length; i++) {
            begun.accept(i);
            for (int j = 0; j < i; j++) {
                double distance = Distances.between(features[i], features[j]);
                largest = Math.max(largest, distance);
                sums.add(i, distance, labels[i] == labels[j]);
                sums.add(j, distance, labels[i] == labels[j]);
            }
        }
        if (largest == 0) {
            throw new IllegalArgumentException("all samples lie in one point");
        }
        return sums.scaled(largest, labels);
    }

    private void add(int sample, double distance, boolean isOwn) {
        double[] sum = isOwn ? own : others;
        double[] nearest = isOwn ? nearestOwn : nearestOther;
        sum[sample] += distance;
        nearest[sample] = Math.min(nearest[sample], distance);
    }

    private Geometry scaled(double largest, int... labels) {
        for (int i = 0; i < labels.length; i++) {
            int label = labels[i];
            int ofClass =
                    (int) Arrays.stream(labels).filter(other -> other == label).count();
            own[i] = ofClass == 1 ? Double.NaN : own[i] / (ofClass - 1) / largest;
            nearestOwn[i] = ofClass == 1 ? Double.NaN : nearestOwn[i] / largest;
            others[i] /= (labels.length - ofClass) * largest;
            nearestOther[i] /= largest;
        }
        return this;
    }

    /** The share of the samples with another one of their class whose nearest neighbour is one of those; a tie is no agreement. */
    double agreement() {
        return IntStream.range(0, own.length)
                .filter(i -> !Double.isNaN(own[i]))
                .mapToDouble(i -> nearestOwn[i] < nearestOther[i] ? 1 : 0)
                .average()
                .orElse(Double.NaN);
    }

    /** Of those values that are numbers; NaN if none is. */
    static double mean(double... values) {
        return DoubleStream.of(values)
                .filter(value -> !Double.isNaN(value))
                .average()
                .orElse(Double.NaN);
    }
}
