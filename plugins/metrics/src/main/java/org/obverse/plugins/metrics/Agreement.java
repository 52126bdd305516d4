package org.obverse.plugins.metrics;

import java.util.List;
import java.util.stream.IntStream;

/**
 * Of which images the judges of a panel are right.
 *
 * @param right one row per judge, at least two, each with one entry per image, at least one
 */
record Agreement(List<boolean[]> right) {
    Agreement {
        right = List.copyOf(right);
    }

    /** The same of some images. */
    Agreement of(int... images) {
        return new Agreement(right.stream()
                .map(judge -> {
                    boolean[] some = new boolean[images.length];
                    for (int i = 0; i < some.length; i++) {
                        some[i] = judge[images[i]];
                    }
                    return some;
                })
                .toList());
    }

    private int images() {
        return right.get(0).length;
    }

    /** The share of images of which a judge is right: its Acc@1. */
    double accuracy(int judge) {
        return (double) count(right.get(judge)) / images();
    }

    /** The share of images of which at least so many judges are right. */
    double recognisedBy(int least) {
        return (double) IntStream.range(0, images())
                        .filter(i -> right.stream().filter(judge -> judge[i]).count() >= least)
                        .count()
                / images();
    }

    /**
     * Cohen's κ of two judges (Cohen 1960): {@code (p_o - p_e) / (1 - p_e)}, where p_o is the share of images of which both are right or both
     * are wrong, and p_e what it would be if they were right independently.
     *
     * @return in [-1, 1]; NaN where p_e is 1, that is, where both are always right or both always wrong
     */
    double kappa(int one, int other) {
        boolean[] a = right.get(one);
        boolean[] b = right.get(other);
        double n = images();
        double same = IntStream.range(0, images()).filter(i -> a[i] == b[i]).count() / n;
        double chance = (count(a) * (double) count(b) + (n - count(a)) * (n - count(b))) / (n * n);
        return chance == 1 ? Double.NaN : (same - chance) / (1 - chance);
    }

    private static int count(boolean[] bits) {
        int count = 0;
        for (boolean bit : bits) {
            count += bit ? 1 : 0;
        }
        return count;
    }
}
