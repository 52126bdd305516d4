package org.obverse.plugins.controls;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Of many that are scored one after another those with the highest scores; of equal ones the first, and what is no number last. */
final class Highest {
    private static final Comparator<Scored> ORDER = Comparator.comparingDouble(
                    (Scored one) -> Double.isNaN(one.score()) ? Double.NEGATIVE_INFINITY : one.score())
            .reversed()
            .thenComparingInt(Scored::number);

    private final int most;
    private final List<Scored> kept = new ArrayList<>();

    /** One of many, by its number. */
    record Scored(int number, double score) {}

    /**
     * @param most that are kept, at least 1
     */
    Highest(int most) {
        this.most = most;
    }

    /**
     * @param logScores of all classes, one row per number
     */
    void add(double[] logScores, int targetClass, int... numbers) {
        int width = logScores.length / numbers.length;
        for (int i = 0; i < numbers.length; i++) {
            add(numbers[i], logScores[i * width + targetClass]);
        }
    }

    void add(int number, double score) {
        Scored one = new Scored(number, score);
        if (kept.size() == most && ORDER.compare(kept.get(most - 1), one) < 0) {
            return;
        }
        int place = 0;
        while (place < kept.size() && ORDER.compare(kept.get(place), one) < 0) {
            place++;
        }
        kept.add(place, one);
        if (kept.size() > most) {
            kept.remove(most);
        }
    }

    /**
     * Highest first; where fewer were scored than are kept, the first of all others behind them, with no score.
     *
     * @param all how many there are to be scored
     */
    List<Scored> of(int all) {
        List<Scored> whole = new ArrayList<>(kept);
        for (int number = 0; number < all && whole.size() < most; number++) {
            int other = number;
            if (kept.stream().noneMatch(one -> one.number() == other)) {
                whole.add(new Scored(number, Double.NaN));
            }
        }
        return whole;
    }

    /** The numbers from, …, to − 1. */
    static int[] range(int from, int to) {
        return IntStream.range(from, to).toArray();
    }
}
