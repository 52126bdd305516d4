package org.obverse.plugins.cma;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.obverse.api.random.RandomStream;

/** One search by CMA-ES (Hansen 2016, Figure 6), in the symbols of the tutorial. */
final class Evolution {
    private final int n;
    private final Strategy strategy;
    private final Function<double[], Spectrum> decomposition;
    private final RandomStream random;
    private final double[] mean;
    private final double[] covariance;
    private final double[] pathSigma;
    private final double[] path;
    private Spectrum spectrum;
    private double sigma;
    private int generation;
    private int decomposed;
    private List<double[]> steps = List.of();

    /**
     * @param mean of the first generation; copied
     * @param sigma its standard deviation, in every coordinate
     * @param decomposition of a covariance matrix, row behind row
     * @param random from which points are drawn, each from a child of its own
     */
    Evolution(
            double[] mean,
            double sigma,
            Strategy strategy,
            Function<double[], Spectrum> decomposition,
            RandomStream random) {
        this.n = mean.length;
        this.strategy = strategy;
        this.decomposition = decomposition;
        this.random = random;
        this.mean = mean.clone();
        this.sigma = sigma;
        this.covariance = new double[n * n];
        for (int i = 0; i < n; i++) {
            covariance[i * n + i] = 1;
        }
        this.pathSigma = new double[n];
        this.path = new double[n];
        this.spectrum = Spectrum.identity(n);
    }

    double[] mean() {
        return mean.clone();
    }

    double sigma() {
        return sigma;
    }

    /** The points of the next generation, {@code x_k = m + σ y_k}. */
    List<double[]> ask() {
        List<double[]> drawn = new ArrayList<>();
        List<double[]> points = new ArrayList<>();
        for (int k = 0; k < strategy.points; k++) {
            RandomStream own = random.child("generation", generation).child("point", k);
            double[] z = new double[n];
            for (int i = 0; i < n; i++) {
                z[i] = own.gaussian();
            }
            double[] y = spectrum.scaled(z);
            double[] x = new double[n];
            for (int i = 0; i < n; i++) {
                x[i] = mean[i] + sigma * y[i];
            }
            drawn.add(y);
            points.add(x);
        }
        steps = drawn;
        return points;
    }

    /**
     * @param order numbers of the points that were asked for, the best first
     */
    void tell(int... order) {
        generation++;
        double[] y = new double[n];
        for (int i = 0; i < strategy.parents; i++) {
            add(y, strategy.weights[i], steps.get(order[i]));
        }
        add(mean, sigma, y);
        double length = sigmaPath(y);
        double expected = Math.sqrt(1 - Math.pow(1 - strategy.sigmaDecay, 2.0 * generation));
        double heaviside = length / expected < (1.4 + 2.0 / (n + 1)) * strategy.expectedLength ? 1 : 0;
        double decay = strategy.pathDecay;
        scale(path, 1 - decay);
        add(path, heaviside * Math.sqrt(decay * (2 - decay) * strategy.parentMass), y);
        adapt(order, (1 - heaviside) * decay * (2 - decay));
        sigma *= Math.exp(strategy.sigmaDecay / strategy.sigmaDamping * (length / strategy.expectedLength - 1));
        double pause = 1 / (10.0 * n * (strategy.rankOne + strategy.rankMu));
        if (generation - decomposed >= pause) {
            spectrum = decomposition.apply(covariance.clone());
            decomposed = generation;
        }
    }

    /** The path of σ, and its length. */
    private double sigmaPath(double[] y) {
        double decay = strategy.sigmaDecay;
        scale(pathSigma, 1 - decay);
        add(pathSigma, Math.sqrt(decay * (2 - decay) * strategy.parentMass), spectrum.whitened(y));
        return Math.sqrt(squared(pathSigma));
    }

    /**
     * @param stalled {@code δ(h_σ)}, what the stalled path leaves of the old matrix
     */
    private void adapt(int[] order, double stalled) {
        double sum = 0;
        for (double weight : strategy.weights) {
            sum += weight;
        }
        scale(covariance, 1 + strategy.rankOne * stalled - strategy.rankOne - strategy.rankMu * sum);
        addSquare(strategy.rankOne, path);
        for (int i = 0; i < strategy.points; i++) {
            double[] y = steps.get(order[i]);
            double weight = strategy.weights[i];
            addSquare(strategy.rankMu * (weight >= 0 ? weight : weight * n / squared(spectrum.whitened(y))), y);
        }
    }

    private void addSquare(double factor, double[] y) {
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                covariance[i * n + j] += factor * y[i] * y[j];
            }
        }
    }

    private static void add(double[] to, double factor, double[] y) {
        for (int i = 0; i < to.length; i++) {
            to[i] += factor * y[i];
        }
    }

    private static void scale(double[] values, double factor) {
        for (int i = 0; i < values.length; i++) {
            values[i] *= factor;
        }
    }

    private static double squared(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value * value;
        }
        return sum;
    }
}
