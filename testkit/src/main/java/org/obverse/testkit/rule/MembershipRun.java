package org.obverse.testkit.rule;

import java.util.Map;
import java.util.Optional;
import org.obverse.api.membership.MembershipScores;

/**
 * One call of a membership attack.
 *
 * @param scores what it said; nothing if it ended by throwing
 * @param failure what it threw
 * @param queries images that the ledger holds against it, by kind of question
 * @param seen images that reached the target's network
 * @param largest images that the target or a reference model was shown at once, at most
 * @param before what was open when the attack had been made
 * @param after what was open when the call was over
 */
record MembershipRun(
        Optional<MembershipScores> scores,
        Optional<Throwable> failure,
        Course course,
        Map<String, Long> queries,
        long seen,
        long largest,
        Open before,
        Open after) {
    /** What it said; thrown on if it threw. */
    MembershipScores result() {
        if (failure.isPresent()) {
            throw new BrokenRule("it threw " + failure.get());
        }
        return scores.orElseThrow();
    }

    long counted() {
        return queries.values().stream().mapToLong(Long::longValue).sum();
    }
}
