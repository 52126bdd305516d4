package org.obverse.testkit.subject.forbidden;

/** Forbidden code to which no component leads. */
final class Unused {
    private Unused() {}

    static String home() {
        return System.getProperty("user.home");
    }
}
