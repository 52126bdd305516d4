package org.obverse.testkit.subject;

/** Work that nobody sees. */
final class Labour {
    private static final int FRESH = 20;

    private Labour() {}

    /** Computes for more than a second, however fast the processor is. */
    static void forASecond() {
        double sum = 0;
        for (int i = 0; i < 120_000_000; i++) {
            sum += Math.sin(i);
        }
        if (Double.isNaN(sum)) {
            throw new IllegalStateException("sums of sines are finite");
        }
    }

    /** A factor that changes after many calls. */
    static double grown(int calls) {
        return calls > FRESH ? 1.5 : 1;
    }
}
