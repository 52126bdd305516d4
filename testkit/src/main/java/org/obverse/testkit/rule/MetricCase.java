package org.obverse.testkit.rule;

import java.util.List;
import org.obverse.testkit.bench.KnownScores;

/** Evidence that metrics are shown. */
enum MetricCase {
    /**
     * Some of the candidates, more from class to class, are training images of their class, the others of the next. Most members
     * score above most others.
     */
    MIXED,
    MIXED_REVERSED,
    MIXED_IN_SMALL_BATCHES,
    /** Training images of their class, before a target that knows every class; members score above all others. */
    ALL_GOOD,
    /** Training images of the next class, before a target that takes every class for the next; members score below all others. */
    ALL_BAD,
    /** One candidate, or one member and one other. */
    ONE_ALONE,
    /** Images that are not finite, before a target whose answers are not. Scores always are: all are the same. */
    NOT_FINITE;

    static final List<MetricCase> STRANGE = List.of(ONE_ALONE, NOT_FINITE);

    /** What membership attacks said, in this case. */
    KnownScores scores(int classes) {
        return switch (this) {
            case MIXED, MIXED_IN_SMALL_BATCHES -> KnownScores.mixed(classes);
            case MIXED_REVERSED -> KnownScores.mixed(classes).reversed();
            case ALL_GOOD -> KnownScores.best(classes);
            case ALL_BAD -> KnownScores.worst(classes);
            case ONE_ALONE -> KnownScores.one(classes);
            case NOT_FINITE -> KnownScores.equal(classes);
        };
    }
}
