package org.obverse.plugins.membership;

import java.util.List;

/**
 * Logistic regression with an intercept, by Newton's method; half the squared weights are added to the negative log-likelihood, so that
 * classes that can be told apart perfectly have finite weights, too.
 */
final class LogisticRegression {
    private static final int MOST_STEPS = 50;
    private static final double SMALL_STEP = 1e-10;

    private final double[] weights;

    private LogisticRegression(double[] weights) {
        this.weights = weights;
    }

    /**
     * @param features by sample, all of one length
     * @param positive by sample
     */
    static LogisticRegression of(List<double[]> features, List<Boolean> positive) {
        int size = features.get(0).length + 1;
        double[] weights = new double[size];
        for (int step = 0; step < MOST_STEPS; step++) {
            double[] gradient = new double[size];
            double[][] curvature = new double[size][size];
            for (int i = 0; i < size; i++) {
                // The intercept is held back only as far as it takes to solve for it.
                double held = i == size - 1 ? SMALL_STEP : 1;
                gradient[i] = held * weights[i];
                curvature[i][i] = held;
            }
            for (int sample = 0; sample < features.size(); sample++) {
                add(features.get(sample), positive.get(sample), weights, gradient, curvature);
            }
            double moved = 0;
            double[] change = solve(curvature, gradient);
            for (int i = 0; i < size; i++) {
                weights[i] -= change[i];
                moved = Math.max(moved, Math.abs(change[i]));
            }
            if (moved < SMALL_STEP) {
                break;
            }
        }
        return new LogisticRegression(weights);
    }

    private static void add(
            double[] features, boolean positive, double[] weights, double[] gradient, double[][] curvature) {
        double probability = 1 / (1 + Math.exp(-logOdds(features, weights)));
        double residual = probability - (positive ? 1 : 0);
        double spread = probability * (1 - probability);
        for (int i = 0; i < weights.length; i++) {
            gradient[i] += residual * at(features, i);
            for (int j = 0; j < weights.length; j++) {
                curvature[i][j] += spread * at(features, i) * at(features, j);
            }
        }
    }

    private static double at(double[] features, int index) {
        return index < features.length ? features[index] : 1;
    }

    /** Gauss's elimination; the matrix is positive definite. */
    private static double[] solve(double[][] matrix, double[] right) {
        int size = right.length;
        for (int pivot = 0; pivot < size; pivot++) {
            for (int row = pivot + 1; row < size; row++) {
                double factor = matrix[row][pivot] / matrix[pivot][pivot];
                for (int column = pivot; column < size; column++) {
                    matrix[row][column] -= factor * matrix[pivot][column];
                }
                right[row] -= factor * right[pivot];
            }
        }
        double[] solution = new double[size];
        for (int row = size - 1; row >= 0; row--) {
            double rest = right[row];
            for (int column = row + 1; column < size; column++) {
                rest -= matrix[row][column] * solution[column];
            }
            solution[row] = rest / matrix[row][row];
        }
        return solution;
    }

    /** {@code log P(positive) / P(negative)}. */
    double logOdds(double... features) {
        return logOdds(features, weights);
    }

    private static double logOdds(double[] features, double[] weights) {
        double sum = 0;
        for (int i = 0; i < weights.length; i++) {
            sum += weights[i] * at(features, i);
        }
        return sum;
    }
}
