package org.obverse.plugins.membership;

import java.util.Arrays;
import java.util.List;
import org.obverse.api.plugin.InvalidConfigurationException;
import org.obverse.api.plugin.Problem;

/**
 * A normal distribution of several numbers, {@code log N(x; μ, Σ) = −½ |L⁻¹ (x − μ)|² − Σ_i log L_ii − n/2 log 2π} with {@code Σ = L Lᵀ}
 * (Cholesky).
 */
final class Normal {
    /** Less of a number's variance than this is rounding, once what the others tell of it is taken off. */
    private static final double ROUNDING = 1e-10;

    private final double[] mean;
    private final double[][] root;

    private Normal(double[] mean, double[][] root) {
        this.mean = mean;
        this.root = root;
    }

    /**
     * With the mean and the covariance (divided by one less than their number) of samples.
     *
     * @param samples more than each of them has numbers
     * @throws InvalidConfigurationException if one number says no more than the others do, so that no density exists
     */
    static Normal of(List<double[]> samples) {
        int size = samples.get(0).length;
        double[] mean = new double[size];
        Arrays.setAll(
                mean,
                i -> samples.stream().mapToDouble(sample -> sample[i]).average().orElseThrow());
        double[][] root = new double[size][size];
        for (int i = 0; i < size; i++) {
            for (int j = 0; j <= i; j++) {
                double rest = covariance(samples, mean, i, j);
                double variance = rest;
                for (int k = 0; k < j; k++) {
                    rest -= root[i][k] * root[j][k];
                }
                if (i == j && !(rest > ROUNDING * variance)) {
                    throw new InvalidConfigurationException(new Problem(
                            "membership.attacks",
                            "'lira' asks about views of a sample to which the reference models answer all alike",
                            "ask about fewer views: shift: 0, or mirrored: false where pictures are symmetric"));
                }
                root[i][j] = i == j ? Math.sqrt(rest) : rest / root[j][j];
            }
        }
        return new Normal(mean, root);
    }

    private static double covariance(List<double[]> samples, double[] mean, int i, int j) {
        return samples.stream()
                        .mapToDouble(sample -> (sample[i] - mean[i]) * (sample[j] - mean[j]))
                        .sum()
                / (samples.size() - 1);
    }

    double logDensity(double... x) {
        double[] solved = new double[mean.length];
        double log = -mean.length * Math.log(2 * Math.PI) / 2;
        for (int i = 0; i < mean.length; i++) {
            double rest = x[i] - mean[i];
            for (int k = 0; k < i; k++) {
                rest -= root[i][k] * solved[k];
            }
            solved[i] = rest / root[i][i];
            log -= solved[i] * solved[i] / 2 + Math.log(root[i][i]);
        }
        return log;
    }
}
