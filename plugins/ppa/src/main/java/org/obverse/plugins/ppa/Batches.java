package org.obverse.plugins.ppa;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Consecutive rows, a batch at a time. */
final class Batches {
    private Batches() {}

    /** 0, …, count − 1 in runs of {@code size}; the last may be shorter. */
    static List<int[]> of(int count, int size) {
        List<int[]> batches = new ArrayList<>();
        for (int from = 0; from < count; from += size) {
            batches.add(IntStream.range(from, Math.min(count, from + size)).toArray());
        }
        return batches;
    }
}
