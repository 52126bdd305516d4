package org.obverse.plugins.ifgmi;

/** How far Adam can go. */
final class Reach {
    private Reach() {}

    /**
     * The most that one coordinate can move in some steps, whatever its gradients are. With the weights a of the gradients in
     * Adam's first moment and b of their squares in the second, a step is at most {@code η sqrt(Σ a² / b)} by Cauchy and
     * Schwarz, which is η where both moments decay alike.
     *
     * @param rate η, of every step
     * @param beta1 decay of the first moment, in [0, 1)
     * @param beta2 decay of the second moment, in [0, 1)
     * @return infinite if only the second moment forgets at once
     */
    static double of(int steps, double rate, double beta1, double beta2) {
        double ratio = beta1 == 0 ? 0 : beta1 * beta1 / beta2;
        double firsts = 0;
        double seconds = 0;
        double ratios = 0;
        double way = 0;
        for (int step = 0; step < steps; step++) {
            firsts += Math.pow(beta1, step);
            seconds += Math.pow(beta2, step);
            ratios += Math.pow(ratio, step);
            way += rate * Math.sqrt(ratios * seconds) / firsts;
        }
        return way;
    }
}
