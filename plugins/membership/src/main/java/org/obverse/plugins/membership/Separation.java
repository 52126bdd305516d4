package org.obverse.plugins.membership;

import java.util.stream.DoubleStream;

/** How well a score tells members, samples that were trained on, from others. */
final class Separation {
    private final double[] members;
    private final double[] others;

    /**
     * @param members their scores, at least one; larger means more of a member
     * @param others likewise
     */
    Separation(double[] members, double[] others) {
        this.members = sorted(members);
        this.others = sorted(others);
    }

    private static double[] sorted(double... values) {
        return DoubleStream.of(values).sorted().toArray();
    }

    /** The probability that a member scores higher than another sample, ties for one half (Mann and Whitney 1947). */
    double auc() {
        double wins = 0;
        for (double score : members) {
            wins += (below(others, score) + below(others, Math.nextUp(score))) / 2.0;
        }
        return wins / members.length / others.length;
    }

    /** The largest difference of true and false positive rates over all thresholds (Yeom et al. 2018), at least 0. */
    double advantage() {
        double best = 0;
        for (double threshold : members) {
            double missed = (double) below(members, threshold) / members.length;
            double spared = (double) below(others, threshold) / others.length;
            best = Math.max(best, spared - missed);
        }
        return best;
    }

    private static int below(double[] sorted, double value) {
        int low = 0;
        int high = sorted.length;
        while (low < high) {
            int middle = (low + high) / 2;
            if (sorted[middle] < value) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** Half of the values are at most this, half at least; of an even number the mean of the middle two. */
    static double median(double... values) {
        double[] sorted = sorted(values);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
