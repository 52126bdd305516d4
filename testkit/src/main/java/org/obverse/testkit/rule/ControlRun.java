package org.obverse.testkit.rule;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * One call of a control.
 *
 * @param found what it returned; nothing if it ended by throwing
 * @param failure what it threw
 * @param queries images that the ledger holds against it, by kind of question
 * @param seen images that reached the target's network
 * @param largest images that the target was shown at once, at most
 * @param reopened the largest difference of a pixel between what it returned and the same stored and opened again; nothing if nobody opens it
 * @param untouched whether the attack's candidates are what they were
 * @param before what was open when the control had been made
 * @param after what was open when the call was over
 */
record ControlRun(
        Optional<Snapshot> found,
        Optional<Throwable> failure,
        Course course,
        Map<String, Long> queries,
        long seen,
        long largest,
        Optional<Double> reopened,
        boolean untouched,
        Open before,
        Open after) {
    /** What it returned; thrown on if it threw. */
    Snapshot result() {
        if (failure.isPresent()) {
            throw new BrokenRule("it threw " + failure.get());
        }
        return found.orElseThrow();
    }

    long counted() {
        return queries.values().stream().mapToLong(Long::longValue).sum();
    }

    /** A fingerprint of what it returned and asked. */
    String seenOfIt() {
        return new Fingerprint()
                .candidates(result())
                .text(new TreeMap<>(queries))
                .end();
    }
}
