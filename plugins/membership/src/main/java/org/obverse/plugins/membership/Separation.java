package org.obverse.plugins.membership;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.DoubleStream;

/** How well a score tells members, samples that were trained on, from others. */
final class Separation {
    /** 0.01 of 100 is one. */
    private static final double ROUNDING = 1e-12;

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
        // There is one zero: adding a positive one takes the sign off the negative one.
        return DoubleStream.of(values).map(value -> value + 0.0).sorted().toArray();
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

    /** Of one threshold: the share of members above it less the share of others. */
    double advantage(double threshold) {
        return truePositives(threshold) - falsePositives(threshold);
    }

    /** The mean of the shares that one threshold decides rightly. */
    double balancedAccuracy(double threshold) {
        return (1 + advantage(threshold)) / 2;
    }

    /** The share of members above a threshold. */
    double truePositives(double threshold) {
        return above(members, threshold);
    }

    /** The share of others above a threshold. */
    double falsePositives(double threshold) {
        return above(others, threshold);
    }

    private static double above(double[] sorted, double threshold) {
        return (double) (sorted.length - below(sorted, Math.nextUp(threshold))) / sorted.length;
    }

    /**
     * The largest true positive rate of a threshold whose false positive rate is no larger than a limit; nothing is interpolated.
     *
     * @param limit at least one divided by the number of others, or it would say nothing
     */
    double truePositivesAt(double limit) {
        int allowed = (int) Math.floor(limit * others.length * (1 + ROUNDING));
        return allowed >= others.length ? 1 : truePositives(others[others.length - 1 - allowed]);
    }

    /** The share of samples whose score someone of the other side has, too. */
    double ties() {
        long tied = Arrays.stream(members).filter(score -> has(others, score)).count()
                + Arrays.stream(others).filter(score -> has(members, score)).count();
        return (double) tied / (members.length + others.length);
    }

    private static boolean has(double[] sorted, double value) {
        return Arrays.binarySearch(sorted, value) >= 0;
    }

    /** Each threshold once, the highest first. */
    double[] thresholds() {
        return DoubleStream.concat(Arrays.stream(members), Arrays.stream(others))
                .distinct()
                .boxed()
                .sorted(Comparator.reverseOrder())
                .mapToDouble(threshold -> threshold)
                .toArray();
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
