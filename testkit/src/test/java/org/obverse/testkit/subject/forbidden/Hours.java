package org.obverse.testkit.subject.forbidden;

/** Reads a clock, and works later, for a listener. */
final class Hours {
    private Hours() {}

    static long now() {
        return System.currentTimeMillis();
    }

    static Thread later(Runnable work) {
        return new Thread(work);
    }
}
