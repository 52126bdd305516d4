package org.obverse.engine.drive;

import java.util.stream.LongStream;

/** What Java holds of what somebody still refers to. */
final class LiveHeap {
    private static final int COLLECTIONS = 4;

    private LiveHeap() {}

    /** The least of what is left after each of some collections, because a first one may leave something. */
    static long bytes() {
        Runtime java = Runtime.getRuntime();
        return LongStream.generate(() -> {
                    System.gc();
                    return java.totalMemory() - java.freeMemory();
                })
                .limit(COLLECTIONS)
                .min()
                .orElseThrow();
    }
}
