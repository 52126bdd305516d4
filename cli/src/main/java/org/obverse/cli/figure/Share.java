package org.obverse.cli.figure;

import java.util.Arrays;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * A share that is no mean of what identities show, such as a ratio of sums over them.
 *
 * @param value in [0, 1]; NaN where it is undefined
 * @param bounds of 95 %; none where it is undefined, where there is but one identity, or where every draw gives the same
 * @param undefined of the bootstrap's draws, how many leave it undefined
 */
public record Share(double value, Bounds bounds, int undefined) {
    private static final double TAIL = 0.025;

    /**
     * By a bootstrap over identities: the percentile interval, whose deviations from the value are multiplied by {@code √(n/(n − 1)) · t/z} as
     * those of {@link Finding}, cut at 0 and 1. A draw that leaves the share undefined says nothing of it, so it counts as 0 where the
     * interval begins, and as 1 where it ends.
     *
     * @param identities at least one
     * @param figure of identities, each named as often as it was drawn; what it gives beyond [0, 1] is clipped, NaN is undefined
     */
    public static Share of(int identities, ToDoubleFunction<int[]> figure, Bootstrap bootstrap) {
        ToDoubleFunction<int[]> clipped = drawn -> Math.max(0, Math.min(1, figure.applyAsDouble(drawn)));
        double value = clipped.applyAsDouble(IntStream.range(0, identities).toArray());
        if (identities < 2 || Double.isNaN(value)) {
            return new Share(value, Bounds.NONE, 0);
        }
        double[] drawn = bootstrap.figures(identities, clipped);
        int undefined = (int) Arrays.stream(drawn).filter(Double::isNaN).count();
        if (Arrays.stream(drawn).allMatch(one -> one == drawn[0])) {
            return new Share(value, Bounds.NONE, undefined);
        }
        double wider = Math.sqrt(identities / (identities - 1.0))
                * new Student(identities - 1).upper(TAIL)
                / Normal.upper(TAIL);
        return new Share(
                value,
                new Bounds(
                        Math.max(0, value + wider * (quantile(drawn, 0, TAIL) - value)),
                        Math.min(1, value + wider * (quantile(drawn, 1, 1 - TAIL) - value))),
                undefined);
    }

    private static double quantile(double[] drawn, double instead, double q) {
        double[] sorted = Arrays.stream(drawn)
                .map(one -> Double.isNaN(one) ? instead : one)
                .sorted()
                .toArray();
        return Finding.quantile(sorted, q);
    }

    public boolean isDefined() {
        return !Double.isNaN(value);
    }

    /**
     * The share of what a judge with known errors would have to see to say yes that often (Rogan and Gladen, "Estimating prevalence from the
     * results of a screening test", American Journal of Epidemiology 107, 1978): {@code (yes − fpr) / (tpr − fpr)}, not clipped.
     *
     * @param yes how often the judge says yes
     * @param tpr how often it does where that is right
     * @param fpr how often it does where that is wrong
     * @return NaN unless {@code tpr > fpr}: such a judge tells nothing apart
     */
    public static double corrected(double yes, double tpr, double fpr) {
        return tpr > fpr ? (yes - fpr) / (tpr - fpr) : Double.NaN;
    }
}
