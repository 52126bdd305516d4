package org.obverse.api.plugin;

import java.util.List;

/** A configuration, or a file that it names, cannot be used. Exit code 2. */
public final class InvalidConfigurationException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient List<Problem> problems;
    private final boolean missing;

    public InvalidConfigurationException(List<Problem> problems) {
        this(problems, false);
    }

    private InvalidConfigurationException(List<Problem> problems, boolean missing) {
        super(String.join(
                System.lineSeparator(), problems.stream().map(Problem::toString).toList()));
        this.problems = List.copyOf(problems);
        this.missing = missing;
    }

    public InvalidConfigurationException(Problem problem) {
        this(List.of(problem));
    }

    /**
     * That files are not there at all, so that nothing can be said about what they hold. A dry run only notes it; files that are
     * there and lack something are an ordinary problem.
     */
    public static InvalidConfigurationException missing(List<Problem> problems) {
        return new InvalidConfigurationException(problems, true);
    }

    /** Whether all of it is that files are not there. */
    public boolean isMissing() {
        return missing;
    }

    public List<Problem> problems() {
        return problems;
    }
}
