package org.obverse.cli.figure;

import org.obverse.api.random.RandomStream;

/** Two cells whose identities succeed with probabilities of their own: beta distributed, alike in both cells. */
final class BetaBinomial {
    private final RandomStream stream;
    private final int images;
    private final double correlation;

    /**
     * @param correlation within an identity, of whether its images succeed (ICC)
     */
    BetaBinomial(RandomStream stream, int images, double correlation) {
        this.stream = stream;
        this.images = images;
        this.correlation = correlation;
    }

    /** The share of successes of one identity in two cells, which half of what makes it easy or hard is common to. */
    double[] identity(double first, double second) {
        double size = 1 / correlation - 1;
        double easy = gamma(Math.min(first, second) * size / 2);
        double hard = gamma((1 - Math.max(first, second)) * size / 2);
        return new double[] {share(first, size, easy, hard, second), share(second, size, easy, hard, first)};
    }

    private double share(double rate, double size, double easy, double hard, double other) {
        double up = easy + gamma((rate - Math.min(rate, other) / 2) * size);
        double down = hard + gamma((1 - rate - (1 - Math.max(rate, other)) / 2) * size);
        int successes = 0;
        for (int i = 0; i < images; i++) {
            successes += stream.uniform() < up / (up + down) ? 1 : 0;
        }
        return successes / (double) images;
    }

    /** By Marsaglia and Tsang, "A Simple Method for Generating Gamma Variables" (ACM TOMS 26, 2000). */
    private double gamma(double shape) {
        if (shape < 1) {
            return gamma(shape + 1) * Math.pow(1 - stream.uniform(), 1 / shape);
        }
        double d = shape - 1 / 3.0;
        while (true) {
            double x = stream.gaussian();
            double v = Math.pow(1 + x / Math.sqrt(9 * d), 3);
            if (v > 0 && Math.log(1 - stream.uniform()) < x * x / 2 + d - d * v + d * Math.log(v)) {
                return d * v;
            }
        }
    }
}
