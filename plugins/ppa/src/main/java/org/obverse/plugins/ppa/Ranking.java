package org.obverse.plugins.ppa;

import java.util.Comparator;
import java.util.stream.IntStream;

/** Orders by score, largest first; of equal scores the first stands first, and a score that is no number last. */
final class Ranking {
    private Ranking() {}

    static int[] best(double[] scores, int count) {
        return IntStream.range(0, scores.length)
                .boxed()
                .sorted(Comparator.comparingDouble((Integer i) -> -scores[i]))
                .limit(count)
                .mapToInt(Integer::intValue)
                .toArray();
    }
}
