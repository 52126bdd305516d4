package org.obverse.testkit.subject.forbidden;

/** Reads a clock for a listener. */
final class Hours {
    private Hours() {}

    static long now() {
        return System.currentTimeMillis();
    }
}
