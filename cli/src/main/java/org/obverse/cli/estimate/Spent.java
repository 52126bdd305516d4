package org.obverse.cli.estimate;

import java.util.List;

/**
 * What work takes, in seconds.
 *
 * @param wall that pass, in whatever company
 * @param processor what would pass if its thread had a processor of its own
 */
record Spent(double wall, double processor) {
    static final Spent NOTHING = new Spent(0, 0);

    /** With some multiple of something else. */
    Spent plus(Spent other, double times) {
        return new Spent(wall + times * other.wall, processor + times * other.processor);
    }

    static Spent mean(List<Spent> all) {
        return all.stream().reduce(NOTHING, (sum, each) -> sum.plus(each, 1.0 / all.size()));
    }

    /** What is more than another, of each kind. */
    Spent beyond(Spent other) {
        return new Spent(Math.max(0, wall - other.wall), Math.max(0, processor - other.processor));
    }
}
