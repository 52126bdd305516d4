package org.obverse.testkit.subject.forbidden;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.Random;

/** One thing of each sort that is forbidden. */
final class Forbidden {
    private Forbidden() {}

    static long clock() {
        return System.nanoTime();
    }

    static void thread(Runnable work) {
        new Thread(work).start();
    }

    static int randomness() {
        return new Random(1).nextInt();
    }

    static long parallel(List<Integer> work) {
        return work.parallelStream().filter(one -> one > 0).count();
    }

    static NDArray drawsOfTheEngine(NDManager manager) {
        return manager.randomNormal(new Shape(2));
    }
}
