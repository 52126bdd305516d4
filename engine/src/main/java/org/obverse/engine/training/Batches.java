package org.obverse.engine.training;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.obverse.api.random.RandomStream;

/** How an epoch's samples fall into the batches of its steps. */
final class Batches {
    private Batches() {}

    /** Into how many batches of some size an epoch falls, however its batches are drawn. */
    static int count(int samples, int most) {
        return of(new int[samples], most).size();
    }

    /** A last sample alone has no variance that a network could normalize by, so it joins the batch before it. */
    static List<int[]> of(int[] order, int most) {
        List<int[]> batches = new ArrayList<>();
        int from = 0;
        while (from < order.length) {
            int left = order.length - from;
            int size = left == most + 1 && most > 1 ? left : Math.min(left, most);
            batches.add(Arrays.copyOfRange(order, from, from + size));
            from += size;
        }
        return batches;
    }

    /** Each sample once, in random order. */
    static List<int[]> shuffled(int[] samples, int most, RandomStream random) {
        int[] order = random.permutation(samples.length);
        return of(IntStream.of(order).map(i -> samples[i]).toArray(), most);
    }

    /**
     * As many batches as {@link #shuffled} makes; each sample is in each with the same probability, whatever the others hold
     * (Poisson sampling; Abadi et al. 2016, section 3.1).
     *
     * @param random of the epoch
     */
    static List<int[]> poisson(int[] samples, int expected, RandomStream random) {
        double rate = rate(samples.length, expected);
        int count = count(samples.length, expected);
        List<int[]> lots = new ArrayList<>();
        for (int number = 0; number < count; number++) {
            RandomStream draws = random.child("lot", number);
            lots.add(IntStream.of(samples)
                    .filter(sample -> draws.uniform() < rate)
                    .toArray());
        }
        return lots;
    }

    /** The probability that a sample is in a batch of Poisson sampling. */
    static double rate(int samples, int expected) {
        return Math.min(1, (double) expected / samples);
    }
}
