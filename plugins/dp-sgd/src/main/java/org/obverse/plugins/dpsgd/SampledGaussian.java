package org.obverse.plugins.dpsgd;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;

/**
 * Rényi differential privacy of one step: Gaussian noise on the sum over a Poisson sample (Mironov, Talwar and Zhang 2019,
 * arXiv 1908.10530, section 3.3). Steps add up, order by order.
 *
 * @param rate q, the probability of each sample, in [0, 1]
 * @param noise σ, the noise multiplier, at least 0
 */
record SampledGaussian(double rate, double noise) {
    /** Beyond so many deviations the integrand is below a double's rounding. */
    private static final double DEVIATIONS = 12;

    /**
     * The divergence of an order, {@code ln A_α / (α - 1)}, in nats.
     *
     * @param order α, above 1
     */
    double divergence(double order) {
        if (rate == 0) {
            return 0;
        }
        if (noise == 0) {
            return Double.POSITIVE_INFINITY;
        }
        if (rate == 1) {
            return order / (2 * noise * noise);
        }
        return (order == Math.rint(order) ? ofWhole((int) order) : ofFraction(order)) / (order - 1);
    }

    /** {@code ln Σ_i C(α, i) (1 - q)^(α - i) q^i exp((i² - i) / (2 σ²))}. */
    private double ofWhole(int order) {
        double[] logs = new double[order + 1];
        double choices = 0;
        for (int i = 0; i <= order; i++) {
            logs[i] = choices
                    + (order - i) * Math.log1p(-rate)
                    + i * Math.log(rate)
                    + i * (i - 1.0) / (2 * noise * noise);
            choices += Math.log((order - i) / (i + 1.0));
        }
        return logOfSum(logs);
    }

    /**
     * {@code ln E (1 - q + q exp((2 z - 1) / (2 σ²)))^α} for z ~ N(0, σ²), by the trapezoidal rule, which converges
     * exponentially: the integrand is analytic within π σ² of the real line. It is at most 2^α times the sum of two Gaussian
     * bells of deviation σ, around 0 and around α, so that nothing else is summed.
     */
    private double ofFraction(double order) {
        double step = Math.min(noise, noise * noise) / 2;
        double reach = DEVIATIONS * noise;
        double nobody = Math.log1p(-rate);
        double somebody = Math.log(rate);
        DoubleUnaryOperator log = z ->
                -z * z / (2 * noise * noise) + order * logOfSum(nobody, somebody + (2 * z - 1) / (2 * noise * noise));
        long around = (long) Math.ceil(reach / step);
        long last = (long) Math.ceil((order + reach) / step);
        long second = Math.max(around + 1, (long) Math.floor((order - reach) / step));
        double[] logs = IntStream.concat(
                        IntStream.rangeClosed(Math.toIntExact(-around), Math.toIntExact(around)),
                        IntStream.rangeClosed(Math.toIntExact(second), Math.toIntExact(last)))
                .mapToDouble(i -> log.applyAsDouble(i * step))
                .toArray();
        return logOfSum(logs) + Math.log(step / (noise * Math.sqrt(2 * Math.PI)));
    }

    private static double logOfSum(double one, double other) {
        return Math.max(one, other) + Math.log1p(Math.exp(-Math.abs(one - other)));
    }

    private static double logOfSum(double[] logs) {
        double most = Arrays.stream(logs).max().orElseThrow();
        return most
                + Math.log(Arrays.stream(logs).map(log -> Math.exp(log - most)).sum());
    }
}
