package org.obverse.gans;

import java.util.ArrayList;
import java.util.List;
import org.obverse.api.plugin.Problem;

/** Collects what is wrong with the numbers of a configuration. */
public final class Limits {
    private final List<Problem> problems = new ArrayList<>();

    public Limits require(boolean holds, String key, String message, String wayOut) {
        if (!holds) {
            problems.add(new Problem(key, message, wayOut));
        }
        return this;
    }

    public Limits atLeast(long least, String key, long value) {
        return require(value >= least, key, value + " is too small", "use at least " + least);
    }

    /** A finite number above 0. */
    public Limits positive(String key, double value) {
        return require(
                value > 0 && Double.isFinite(value), key, value + " is not a positive number", "use one above 0");
    }

    /** A finite number, 0 or more. */
    public Limits weight(String key, double value) {
        return require(value >= 0 && Double.isFinite(value), key, value + " is no weight", "use 0 or more");
    }

    /** The decay of one of Adam's moments. */
    public Limits decay(String key, double value) {
        return require(value >= 0 && value < 1, key, value + " is no decay", "use a number in [0, 1)");
    }

    /** The problems of the same keys, found elsewhere. */
    public Limits all(List<Problem> more) {
        problems.addAll(more);
        return this;
    }

    /** The problems of a record that {@code key} holds. */
    public Limits under(String key, List<Problem> more) {
        more.forEach(problem -> problems.add(problem.under(key)));
        return this;
    }

    public List<Problem> problems() {
        return List.copyOf(problems);
    }
}
