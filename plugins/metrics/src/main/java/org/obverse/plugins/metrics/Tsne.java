package org.obverse.plugins.metrics;

import java.util.Arrays;

/**
 * A map of points by t-SNE (van der Maaten and Hinton 2008), exact: gradient descent on KL(P ‖ Q), where P are Gaussian affinities of a
 * given perplexity, made symmetric (their section 3.1), and Q Student's t of one degree of freedom on the map (equation 4). The
 * learning rate is n/12 for the gradient without its factor 4 (Belkina et al. 2019) and at least 50, as scikit-learn has it, but never above n/12,
 * with which few points do not jump; the momentum 0.5 while affinities are exaggerated and 0.8 after.
 *
 * @param perplexity below the number of points
 */
record Tsne(double perplexity) {
    private static final int ITERATIONS = 1000;
    private static final int EXAGGERATED = 250;
    private static final double EXAGGERATION = 12;
    /** Of equation 5. */
    private static final double FACTOR = 4;

    private static final double LEAST_RATE = 50;
    private static final double SLOW = 0.5;
    private static final double FAST = 0.8;
    private static final double LEAST_GAIN = 0.01;
    private static final double GAIN = 0.2;
    private static final double LEAST_AFFINITY = 1e-12;
    private static final int SEARCH = 100;
    private static final double TOLERANCE = 1e-5;

    /** Told of every step, and free to end it by an exception. */
    @FunctionalInterface
    interface Watch {
        void step(int done, int total);
    }

    /**
     * @param points one per row
     * @param start the map to begin with, {@code [n][2]}; of a spread of about 1e-4
     * @return a new map, {@code [n][2]}
     */
    double[][] map(double[][] points, double[][] start, Watch watch) {
        float[][] affinities = affinities(points);
        int n = points.length;
        double rate = Math.min(n / EXAGGERATION, Math.max(n / EXAGGERATION / FACTOR, LEAST_RATE));
        double[][] map = Arrays.stream(start).map(double[]::clone).toArray(double[][]::new);
        double[][] speed = new double[n][2];
        double[][] gains = new double[n][2];
        Arrays.stream(gains).forEach(gain -> Arrays.fill(gain, 1));
        for (int step = 0; step < ITERATIONS; step++) {
            watch.step(step, ITERATIONS);
            boolean isEarly = step < EXAGGERATED;
            double[][] gradient = gradient(affinities, map, isEarly ? EXAGGERATION : 1);
            for (int i = 0; i < n; i++) {
                for (int d = 0; d < 2; d++) {
                    boolean turns = speed[i][d] * gradient[i][d] < 0;
                    gains[i][d] = Math.max(LEAST_GAIN, turns ? gains[i][d] + GAIN : gains[i][d] * (1 - GAIN));
                    speed[i][d] = (isEarly ? SLOW : FAST) * speed[i][d] - rate * gains[i][d] * gradient[i][d];
                    map[i][d] += speed[i][d];
                }
            }
        }
        return map;
    }

    /** KL(P ‖ Q) of a map of these points, in nats. */
    double divergence(double[][] points, double[][] map) {
        float[][] affinities = affinities(points);
        double total = 0;
        for (int i = 0; i < map.length; i++) {
            for (int j = 0; j < i; j++) {
                total += 2 * closeness(map[i], map[j]);
            }
        }
        double divergence = 0;
        for (int i = 0; i < map.length; i++) {
            for (int j = 0; j < i; j++) {
                double p = affinities[i][j];
                divergence += 2 * p * Math.log(p * total / closeness(map[i], map[j]));
            }
        }
        return divergence;
    }

    private static double closeness(double[] x, double[] y) {
        double dx = x[0] - y[0];
        double dy = x[1] - y[1];
        return 1 / (1 + dx * dx + dy * dy);
    }

    /** Equation 5: attraction and repulsion are added up apart, as the second has to wait for the sum over all pairs. */
    private static double[][] gradient(float[][] affinities, double[][] map, double exaggeration) {
        int n = map.length;
        double[][] attraction = new double[n][2];
        double[][] repulsion = new double[n][2];
        double total = 0;
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < i; j++) {
                double near = closeness(map[i], map[j]);
                total += 2 * near;
                double pull = affinities[i][j] * near;
                double push = near * near;
                for (int d = 0; d < 2; d++) {
                    double between = map[i][d] - map[j][d];
                    attraction[i][d] += pull * between;
                    attraction[j][d] -= pull * between;
                    repulsion[i][d] += push * between;
                    repulsion[j][d] -= push * between;
                }
            }
        }
        for (int i = 0; i < n; i++) {
            for (int d = 0; d < 2; d++) {
                attraction[i][d] = FACTOR * (exaggeration * attraction[i][d] - repulsion[i][d] / total);
            }
        }
        return attraction;
    }

    /** Symmetric; the lower triangle, row i holds the i points before. */
    private float[][] affinities(double[][] points) {
        int n = points.length;
        double[][] conditional = new double[n][];
        for (int i = 0; i < n; i++) {
            conditional[i] = conditional(Distances.squared(points[i], points), i);
        }
        float[][] affinities = new float[n][];
        for (int i = 0; i < n; i++) {
            affinities[i] = new float[i];
            for (int j = 0; j < i; j++) {
                affinities[i][j] =
                        (float) Math.max((conditional[i][j] + conditional[j][i]) / (2.0 * n), LEAST_AFFINITY);
            }
        }
        return affinities;
    }

    /** The precision is found by bisection, until the entropy is that of the perplexity. */
    private double[] conditional(double[] squared, int self) {
        double nearest = Double.POSITIVE_INFINITY;
        for (int j = 0; j < squared.length; j++) {
            nearest = j == self ? nearest : Math.min(nearest, squared[j]);
        }
        double low = 0;
        double high = Double.POSITIVE_INFINITY;
        double precision = 1;
        double[] p = new double[squared.length];
        for (int step = 0; step < SEARCH; step++) {
            double sum = 0;
            double weighted = 0;
            for (int j = 0; j < squared.length; j++) {
                p[j] = j == self ? 0 : Math.exp(-precision * (squared[j] - nearest));
                sum += p[j];
                weighted += p[j] * (squared[j] - nearest);
            }
            double excess = Math.log(sum) + precision * weighted / sum - Math.log(perplexity);
            for (int j = 0; j < p.length; j++) {
                p[j] /= sum;
            }
            if (Math.abs(excess) < TOLERANCE) {
                break;
            }
            low = excess > 0 ? precision : low;
            high = excess > 0 ? high : precision;
            precision = high == Double.POSITIVE_INFINITY ? precision * 2 : (low + high) / 2;
        }
        return p;
    }
}
