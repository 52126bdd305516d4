package org.obverse.plugins.membership;

import java.util.Arrays;

/**
 * A threshold of a signal that tells members best whose membership is known: {@code τ = mean + c · std} of the known members' losses, over
 * c = −5, −4.99, …, 5 the one of the largest advantage, of several the smallest c (Yeom et al. 2018, attack 2 of Kaya and Dumitras 2021).
 * A loss is a signal with the other sign; the standard deviation is that of the samples themselves, divided by n.
 *
 * @param threshold of the signal: a member's is larger
 * @param advantage on the known samples: true less false positive rate
 */
record Tuning(double threshold, double advantage) {
    private static final int STEPS = 1001;
    private static final double WIDEST = 5;
    private static final double STEP = 0.01;

    /**
     * @param members signals of known members, at least one
     * @param others likewise
     */
    static Tuning of(double[] members, double[] others) {
        double mean = Arrays.stream(members).average().orElseThrow();
        double deviation = Math.sqrt(Arrays.stream(members)
                .map(signal -> (signal - mean) * (signal - mean))
                .average()
                .orElseThrow());
        Separation known = new Separation(members, others);
        Tuning best = new Tuning(Double.NaN, Double.NEGATIVE_INFINITY);
        for (int i = 0; i < STEPS; i++) {
            double threshold = mean - (i * STEP - WIDEST) * deviation;
            double advantage = known.advantage(threshold);
            if (advantage > best.advantage()) {
                best = new Tuning(threshold, advantage);
            }
        }
        return best;
    }
}
