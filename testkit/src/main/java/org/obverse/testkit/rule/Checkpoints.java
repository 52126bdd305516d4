package org.obverse.testkit.rule;

import static org.obverse.testkit.rule.BrokenRule.unless;

import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** Whether a call looks up in every step, and ends when it is told to. */
final class Checkpoints {
    private Checkpoints() {}

    /** Seconds of computing after which a person who presses Ctrl-C takes the program for hung. */
    private static final double PATIENCE = 1;

    /** The rule, for calls of one kind. */
    static <T> Rule<T> rule(String sentence, String lookAt, Rule.Trial<T> trial) {
        return Rule.must("checkpoints-are-obeyed", sentence, lookAt, trial);
    }

    /**
     * A call that is over.
     *
     * @param failure what it threw
     */
    record Attempt(Course course, Optional<Throwable> failure) {
        /** Makes a call. */
        static Attempt of(Course course, Call call) {
            try {
                call.on(course);
                return new Attempt(course, Optional.empty());
            } catch (Throwable e) {
                return new Attempt(course, Optional.of(e));
            }
        }
    }

    /** What is called. */
    interface Call {
        void on(Course course) throws Exception;
    }

    /**
     * @param seconds that were computed between two checkpoints at most, in small batches
     * @throws BrokenRule if that is too long
     */
    static void frequent(double seconds) {
        unless(
                seconds <= PATIENCE,
                "in batches of a few small images it computes for %.1f seconds between two checkpoints",
                seconds);
    }

    /**
     * @param usual the course that the call takes when nobody cancels it
     * @param cancelledAfter the same call, cancelled at the checkpoint after so many
     * @throws BrokenRule if it passes none, takes several steps between two, or goes on when one throws
     */
    static void obeyed(Course usual, IntFunction<Attempt> cancelledAfter) {
        int checkpoints = usual.checkpoints();
        unless(checkpoints > 0, "it never passes a checkpoint, and reported %d steps", usual.steps());
        unless(
                usual.mostStepsWithoutCheckpoint() <= 1,
                "it takes %d steps without a checkpoint",
                usual.mostStepsWithoutCheckpoint());
        for (int patience :
                IntStream.of(0, checkpoints / 2, checkpoints - 1).distinct().toArray()) {
            Attempt cancelled = cancelledAfter.apply(patience);
            unless(
                    cancelled.failure().filter(cancelled.course()::wasEndedBy).isPresent(),
                    "cancelled at checkpoint %d of %d it went on, or threw something else: %s",
                    patience + 1,
                    checkpoints,
                    cancelled.failure());
            unless(
                    cancelled.course().stepsAfterCancelling() == 0,
                    "cancelled at checkpoint %d it took %d more steps",
                    patience + 1,
                    cancelled.course().stepsAfterCancelling());
        }
    }
}
