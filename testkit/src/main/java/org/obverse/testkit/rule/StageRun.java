package org.obverse.testkit.rule;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * One call of a stage.
 *
 * @param found what it returned; nothing if it ended by throwing
 * @param failure what it threw
 * @param left what it had when its budget was spent; nothing if it did not say, or was not asked
 * @param prepared tensors that a preparer made
 * @param trial what it did meanwhile
 * @param seen images that reached the target's network
 * @param passes in which they did
 * @param before what was open when the component had been made
 * @param after what was open when the call was over
 * @param seconds of computing between two checkpoints, at most
 * @param untouched whether the candidates that it was given are what they were
 */
record StageRun(
        Optional<Snapshot> found,
        Optional<Throwable> failure,
        Optional<Snapshot> left,
        Map<String, Snapshot.Values> prepared,
        StageTrial trial,
        long seen,
        long passes,
        Open before,
        Open after,
        double seconds,
        boolean untouched) {
    /** Images that the ledger holds against it. */
    long counted() {
        return trial.counted().values().stream().mapToLong(Long::longValue).sum();
    }

    /** A fingerprint of what it returned, made or threw. */
    String seenOfIt() {
        Fingerprint seen = new Fingerprint();
        found.ifPresent(seen::candidates);
        left.ifPresent(seen::candidates);
        new TreeMap<>(prepared).forEach((name, values) -> seen.text(name).values(values));
        failure.ifPresent(seen::text);
        return seen.text(trial.counted()).text(passes).end();
    }

    /** What it found; thrown on if it threw. */
    Snapshot result() {
        if (failure.isPresent()) {
            throw new BrokenRule("it threw " + failure.get());
        }
        return found.orElseThrow(() -> new BesideThePoint("a preparer finds no candidates"));
    }
}
