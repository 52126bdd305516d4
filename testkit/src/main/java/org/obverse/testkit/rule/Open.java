package org.obverse.testkit.rule;

import static org.obverse.testkit.rule.BrokenRule.unless;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.obverse.api.tensor.Gradients;
import org.obverse.testkit.bench.Bench;

/**
 * What is open at one moment, of all that a component can leave behind.
 *
 * @param arrays attached to the component's manager
 * @param recording whether this thread records
 * @param threads that live
 */
record Open(int arrays, boolean recording, Set<Thread> threads) {
    /** In milliseconds: threads that the engine lent, and dismissed, may take a moment to end. */
    private static final long GRACE = 1000;

    static Open now(Bench bench, NDManager manager) {
        return new Open(
                manager.getManagedArrays().size(),
                isRecording(bench),
                Set.copyOf(Thread.getAllStackTraces().keySet()));
    }

    private static boolean isRecording(Bench bench) {
        Gradients gradients = bench.torch().gradients();
        try (NDManager manager = bench.torch().manager().newSubManager()) {
            NDArray variable = gradients.variable(manager.create(1f));
            gradients.of(variable.mul(2), new NDList(variable));
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** Use of a component that was made. */
    interface Use {
        void once() throws Exception;
    }

    /** The rule, for components of one kind. */
    static <T> Rule<T> rule(Rule.Trial<T> trial) {
        return Rule.must(
                "nothing-is-left-open",
                "No array, recording or thread outlives a step or the call.",
                "an NDScope per step; arrays made from long-lived ones; a recording without a close",
                trial);
    }

    /**
     * @throws BrokenRule if a recording is open, or arrays or threads are that were not
     */
    void requireNoMoreThan(Open before) {
        unless(
                arrays <= before.arrays,
                "more arrays are attached to the component's manager than before: %d",
                arrays - before.arrays);
        unless(!recording, "a recording is still open");
        Set<Thread> more = new HashSet<>(threads);
        more.removeAll(before.threads);
        List<String> alive =
                more.stream().filter(Open::staysAlive).map(Thread::getName).toList();
        unless(alive.isEmpty(), "threads that it started are still alive: %s", alive);
    }

    private static boolean staysAlive(Thread thread) {
        try {
            thread.join(GRACE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return thread.isAlive();
    }

    /**
     * Uses a component twice in the same way: what the first use keeps may serve the second one, which keeps nothing more.
     *
     * @param manager the component's own
     * @throws BrokenRule if more is open after the second use
     * @throws Exception as a use threw it
     */
    static void staysAfter(Bench bench, NDManager manager, Use use) throws Exception {
        inScope(use);
        Open first = now(bench, manager);
        inScope(use);
        now(bench, manager).requireNoMoreThan(first);
    }

    private static void inScope(Use use) throws Exception {
        try (NDScope scope = new NDScope()) {
            use.once();
        }
    }
}
