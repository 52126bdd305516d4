package org.obverse.engine.run;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntFunction;
import org.obverse.engine.plan.Execution;
import org.obverse.engine.plan.OutOfMemory;

/**
 * The batch with which a unit is tried.
 *
 * @param digest of the unit's inputs, this batch among them
 * @param asked whether the work wanted to know the batch; if not, a smaller one would not help it
 */
record Portion(int batch, String digest, AtomicBoolean asked) {
    /** What a unit is tried with, one after the other: the plan's batch and, if the plan says so, its halves. */
    static List<Portion> of(Execution execution, IntFunction<String> digest) {
        List<Portion> portions = new ArrayList<>();
        int least = execution.onOutOfMemory() == OutOfMemory.HALVE_BATCH ? 1 : execution.batch();
        for (int batch = execution.batch(); batch >= least; batch /= 2) {
            portions.add(new Portion(batch, digest.apply(batch), new AtomicBoolean()));
        }
        return List.copyOf(portions);
    }

    /** The batch, for the work. */
    int ask() {
        asked.set(true);
        return batch;
    }
}
