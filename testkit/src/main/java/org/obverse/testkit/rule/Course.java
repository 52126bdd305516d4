package org.obverse.testkit.rule;

import static org.obverse.testkit.rule.BrokenRule.unless;

import ai.djl.ndarray.NDManager;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.obverse.api.random.RandomStream;
import org.obverse.api.training.TrainingContext;
import org.obverse.engine.lend.UnitLoan;
import org.obverse.testkit.bench.Bench;

/** The course that a call takes: its checkpoints, its steps, and how many arrays are open at each. It can be cancelled. */
final class Course implements TrainingContext, UnitLoan.Watch {
    private final UnitLoan.Watch told;
    private final int patience;
    private final List<NDManager> watched;
    private final List<Integer> arrays = new ArrayList<>();
    private final ThreadMXBean clock = ManagementFactory.getThreadMXBean();
    private long looked = clock.getCurrentThreadCpuTime();
    private long longest;
    private Optional<Cancelled> cancelled = Optional.empty();
    private int checkpoints;
    private int stepsSinceCheckpoint;
    private int mostStepsWithoutCheckpoint;
    private int stepsAfterCancelling;

    /**
     * @param bench whose watch is told
     * @param patience checkpoints that return before the call is cancelled
     * @param watched managers whose arrays are counted at every step
     */
    Course(Bench bench, int patience, List<NDManager> watched) {
        this.told = bench.watch();
        this.patience = patience;
        this.watched = List.copyOf(watched);
    }

    /** Nobody cancels it. */
    static Course whole(Bench bench, NDManager... watched) {
        return new Course(bench, Integer.MAX_VALUE, List.of(watched));
    }

    static Course cancelledAfter(Bench bench, int checkpoints) {
        return new Course(bench, checkpoints, List.of());
    }

    /** Thrown by a checkpoint of a run that was cancelled. */
    static final class Cancelled extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Cancelled() {
            super("the run was cancelled");
        }
    }

    int checkpoints() {
        return checkpoints;
    }

    int steps() {
        return arrays.size();
    }

    int mostStepsWithoutCheckpoint() {
        return mostStepsWithoutCheckpoint;
    }

    int stepsAfterCancelling() {
        return stepsAfterCancelling;
    }

    /**
     * The most that the thread computed between two checkpoints, before the first, or after the last until now.
     *
     * @return seconds of the processor's time, which a busy machine does not change
     */
    double longestBetweenCheckpoints() {
        return Math.max(longest, clock.getCurrentThreadCpuTime() - looked) / 1e9;
    }

    /** Whether this is what the checkpoint threw, the very same. */
    boolean wasEndedBy(Throwable thrown) {
        return cancelled.isPresent() && cancelled.get() == thrown;
    }

    /**
     * @throws BrokenRule if at least one more array is open from step to step
     */
    void requireSteadyArrays() {
        int half = steps() / 2;
        if (half >= 2) {
            int early = Collections.min(arrays.subList(0, half));
            int late = Collections.min(arrays.subList(half, arrays.size()));
            unless(
                    late - early < half,
                    "at least %d arrays were open in the first %d steps, and at least %d in the others",
                    early,
                    half,
                    late);
        }
    }

    @Override
    public RandomStream random() {
        return Bench.stream("training");
    }

    @Override
    public void checkpoint() {
        told.checkpoint();
        checkpoints++;
        long now = clock.getCurrentThreadCpuTime();
        longest = Math.max(longest, now - looked);
        looked = now;
        stepsSinceCheckpoint = 0;
        if (checkpoints > patience) {
            Cancelled end = new Cancelled();
            cancelled = Optional.of(end);
            throw end;
        }
    }

    @Override
    public void progress(long done, long total, Map<String, Double> figures) {
        told.progress(done, total, figures);
        stepsSinceCheckpoint++;
        mostStepsWithoutCheckpoint = Math.max(mostStepsWithoutCheckpoint, stepsSinceCheckpoint);
        if (cancelled.isPresent()) {
            stepsAfterCancelling++;
        }
        arrays.add(watched.stream()
                .mapToInt(owner -> owner.getManagedArrays().size())
                .sum());
    }
}
