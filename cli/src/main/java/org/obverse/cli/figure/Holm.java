package org.obverse.cli.figure;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The correction for many tests of Holm, "A Simple Sequentially Rejective Multiple Test Procedure" (Scandinavian Journal of
 * Statistics 6, 1979): the probability that any true hypothesis is rejected stays below the level, whatever depends on what.
 */
public final class Holm {
    private Holm() {}

    /**
     * The p values of tests that were done together: the i-th smallest of m is multiplied by m − i + 1, is no smaller than those
     * before it, and no larger than 1.
     */
    public static double[] adjusted(double... p) {
        List<Integer> order = IntStream.range(0, p.length)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> p[i]))
                .toList();
        double[] adjusted = new double[p.length];
        double before = 0;
        for (int i = 0; i < p.length; i++) {
            before = Math.min(1, Math.max(before, p[order.get(i)] * (p.length - i)));
            adjusted[order.get(i)] = before;
        }
        return adjusted;
    }
}
