package org.obverse.plugins.cma;

/**
 * The default constants of CMA-ES for a number of coordinates and of points (Hansen 2016, table 1, with negative weights).
 */
final class Strategy {
    final int points;
    final int parents;
    final double[] weights;
    final double parentMass;
    final double sigmaDecay;
    final double sigmaDamping;
    final double pathDecay;
    final double rankOne;
    final double rankMu;
    final double expectedLength;

    /**
     * @param n coordinates
     * @param points λ, at least 2; 0 for {@code 4 + ⌊3 ln n⌋}
     */
    Strategy(int n, int points) {
        this.points = points == 0 ? 4 + (int) Math.floor(3 * Math.log(n)) : points;
        this.parents = this.points / 2;
        double[] raw = new double[this.points];
        for (int i = 0; i < raw.length; i++) {
            raw[i] = Math.log((this.points + 1) / 2.0) - Math.log(i + 1);
        }
        this.parentMass = mass(raw, 0, parents);
        this.sigmaDecay = (parentMass + 2) / (n + parentMass + 5);
        this.sigmaDamping = 1 + 2 * Math.max(0, Math.sqrt((parentMass - 1) / (n + 1)) - 1) + sigmaDecay;
        this.pathDecay = (4 + parentMass / n) / (n + 4 + 2 * parentMass / n);
        this.rankOne = 2 / (Math.pow(n + 1.3, 2) + parentMass);
        this.rankMu =
                Math.min(1 - rankOne, 2 * (0.25 + parentMass + 1 / parentMass - 2) / (Math.pow(n + 2, 2) + parentMass));
        this.expectedLength = Math.sqrt(n) * (1 - 1 / (4.0 * n) + 1 / (21.0 * n * n));
        this.weights = weights(raw, n);
    }

    private double[] weights(double[] raw, int n) {
        double positive = 0;
        double negative = 0;
        for (double weight : raw) {
            positive += Math.max(0, weight);
            negative += Math.max(0, -weight);
        }
        double otherMass = mass(raw, parents, raw.length);
        double limit = Math.min(
                1 + rankOne / rankMu,
                Math.min(1 + 2 * otherMass / (parentMass + 2), (1 - rankOne - rankMu) / (n * rankMu)));
        double[] weights = new double[raw.length];
        for (int i = 0; i < raw.length; i++) {
            weights[i] = raw[i] >= 0 ? raw[i] / positive : limit * raw[i] / negative;
        }
        return weights;
    }

    /** {@code (Σ w)² / Σ w²}. */
    private static double mass(double[] weights, int from, int to) {
        double sum = 0;
        double squares = 0;
        for (int i = from; i < to; i++) {
            sum += weights[i];
            squares += weights[i] * weights[i];
        }
        return sum * sum / squares;
    }
}
