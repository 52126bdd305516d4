package org.obverse.engine.blueprint;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.obverse.api.plugin.InvalidConfigurationException;
import org.obverse.api.plugin.Problem;

/** What is against a study, each thing once, however many cells have it. */
public final class Findings {
    private final Set<Problem> problems = new LinkedHashSet<>();
    private final Set<Problem> missing = new LinkedHashSet<>();

    /** More that is against it. */
    public void add(List<Problem> more) {
        problems.addAll(more);
    }

    /**
     * What a component refused.
     *
     * @param located its problems, with lines of the plan
     */
    void add(InvalidConfigurationException refusal, List<Problem> located) {
        (refusal.isMissing() ? missing : problems).addAll(located);
    }

    /** Files that are not there; what depends on them was not looked at. */
    public List<Problem> missing() {
        return List.copyOf(missing);
    }

    /**
     * @throws InvalidConfigurationException with everything, if there is another problem than missing files
     */
    public void requireNoProblems() {
        if (!problems.isEmpty()) {
            Set<Problem> all = new LinkedHashSet<>(problems);
            all.addAll(missing);
            throw new InvalidConfigurationException(List.copyOf(all));
        }
    }

    /**
     * @throws InvalidConfigurationException with everything, if there is anything
     */
    public void requireNothing() {
        requireNoProblems();
        if (!missing.isEmpty()) {
            throw InvalidConfigurationException.missing(missing());
        }
    }
}
