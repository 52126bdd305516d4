package org.obverse.plugins.folders;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.obverse.api.random.RandomStream;
import org.obverse.reference.random.NumpyRandom;

/**
 * Which images a model may train on, as positions in a roll.
 *
 * @param training what the target trains on
 * @param pool what evaluation models train on; contains the training images
 * @param test what no model trains on
 */
record Split(List<Integer> training, List<Integer> pool, List<Integer> test) {
    Split {
        training = List.copyOf(training);
        pool = List.copyOf(pool);
        test = List.copyOf(test);
    }

    /**
     * The split of PPA's reference code: one list 0, …, n − 1, shuffled by NumPy's legacy generator, of which the first
     * floor(share·n) are for training.
     */
    static Split reference(Roll roll, Shares shares, int seed) {
        int[] order = new NumpyRandom(seed).shuffledOrder(roll.size());
        int pool = (int) (shares.trainingShare() * roll.size());
        return of(roll, shares, positions(order, 0, pool), positions(order, pool, order.length));
    }

    /**
     * Splits each class by itself, in an order drawn from a stream of the class's name: floor(share·n) of its images, but at least
     * one, are for training.
     */
    static Split byClass(Roll roll, Shares shares, RandomStream random) {
        List<Integer> pool = new ArrayList<>();
        List<Integer> test = new ArrayList<>();
        for (int c = 0; c < roll.classes().size(); c++) {
            int label = c;
            int[] members = IntStream.range(0, roll.size())
                    .filter(i -> roll.labels().get(i) == label)
                    .toArray();
            shuffle(members, random.child("class").child(roll.classes().get(c)));
            int trained = Math.max(1, (int) (shares.trainingShare() * members.length));
            pool.addAll(positions(members, 0, trained));
            test.addAll(positions(members, trained, members.length));
        }
        return of(roll, shares, pool, test);
    }

    private static Split of(Roll roll, Shares shares, List<Integer> pool, List<Integer> test) {
        if (shares.trainingPerClass() == 0) {
            return new Split(pool, pool, test);
        }
        int[] taken = new int[roll.classes().size()];
        List<Integer> training = pool.stream()
                .filter(position -> taken[roll.labels().get(position)]++ < shares.trainingPerClass())
                .toList();
        return new Split(training, pool, test);
    }

    private static List<Integer> positions(int[] order, int from, int to) {
        return Arrays.stream(order, from, to).boxed().toList();
    }

    private static void shuffle(int[] order, RandomStream random) {
        for (int i = order.length - 1; i > 0; i--) {
            int j = random.below(i + 1);
            int swapped = order[i];
            order[i] = order[j];
            order[j] = swapped;
        }
    }
}
