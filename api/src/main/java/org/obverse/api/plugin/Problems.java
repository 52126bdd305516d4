package org.obverse.api.plugin;

import java.util.ArrayList;
import java.util.List;

/** Collects what is wrong with the values of a configuration, for {@link Checked#check}. */
public final class Problems {
    private final List<Problem> found = new ArrayList<>();

    /**
     * @param holds whether the value is good
     * @param key where it stands, relative to the record
     * @param message what is wrong otherwise
     * @param wayOut what to write instead
     */
    public Problems require(boolean holds, String key, String message, String wayOut) {
        if (!holds) {
            found.add(new Problem(key, message, wayOut));
        }
        return this;
    }

    public Problems atLeast(long least, String key, long value) {
        return require(value >= least, key, value + " is too small", "use at least " + least);
    }

    /** A finite number above 0. */
    public Problems positive(String key, double value) {
        return require(
                value > 0 && Double.isFinite(value), key, value + " is not a positive number", "use one above 0");
    }

    /** A finite number, 0 or more. */
    public Problems notNegative(String key, double value) {
        return require(
                value >= 0 && Double.isFinite(value), key, value + " is not a number from 0 up", "use 0 or more");
    }

    /** A number in [0, 1]. */
    public Problems share(String key, double value) {
        return require(value >= 0 && value <= 1, key, value + " is not a share", "use a value in [0, 1]");
    }

    /** A number in [0, 1), as the decay of a running mean is. */
    public Problems decay(String key, double value) {
        return require(value >= 0 && value < 1, key, value + " is no decay", "use a number in [0, 1)");
    }

    /** The problems of the same keys, found elsewhere. */
    public Problems all(List<Problem> more) {
        found.addAll(more);
        return this;
    }

    /** The problems of a record that {@code key} holds. */
    public Problems under(String key, List<Problem> more) {
        more.forEach(problem -> found.add(problem.under(key)));
        return this;
    }

    /** In the order in which they were found; empty if nothing is wrong. */
    public List<Problem> list() {
        return List.copyOf(found);
    }
}
