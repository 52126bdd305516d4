package org.obverse.plugins.ppa;

import java.util.ArrayList;
import java.util.List;
import org.obverse.api.plugin.Problem;

/** Collects what is wrong with the numbers of a configuration. */
final class Limits {
    private final List<Problem> problems = new ArrayList<>();

    Limits require(boolean holds, String key, String message, String wayOut) {
        if (!holds) {
            problems.add(new Problem(key, message, wayOut));
        }
        return this;
    }

    Limits atLeast(long least, String key, long value) {
        return require(value >= least, key, value + " is too small", "use at least " + least);
    }

    /** NumPy and torch read a seed as 32 bits without sign. */
    Limits referenceSeed(long seed) {
        return require(seed >= 0 && seed <= 0xffffffffL, "seed", seed + " is no seed of NumPy", "use 0 to 4294967295");
    }

    Limits all(List<Problem> more) {
        problems.addAll(more);
        return this;
    }

    Limits under(String key, List<Problem> more) {
        more.forEach(problem -> problems.add(problem.under(key)));
        return this;
    }

    List<Problem> problems() {
        return List.copyOf(problems);
    }
}
