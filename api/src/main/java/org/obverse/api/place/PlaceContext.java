package org.obverse.api.place;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import java.util.function.Consumer;
import org.obverse.api.event.Progress;
import org.obverse.api.event.UnitName;

/**
 * What a place performs orders with: this process, or workers, which are other processes of this program. Everything may be called
 * from any thread until the place is closed.
 */
public interface PlaceContext {
    /** Performs an order on the calling thread, which must be one of {@link #threads}. Answers whatever happens. */
    Answer perform(Order order, Consumer<Progress> progress);

    /** As {@link Place#forget}, for what {@link #perform} opened. */
    void forget(UnitName unit);

    /** Makes daemon threads that may compute. */
    ThreadFactory threads();

    /**
     * The command of a worker for this study, which needs this machine's files, or the same ones under the same names. It reads
     * lines from its standard input and writes lines to its standard output: one order after the other and what {@link #read}
     * understands. It ends when its input ends, whatever it is doing. What it has to tell people goes to its error stream.
     *
     * @param device as in {@code execution.device}; empty for the run's own
     * @throws IllegalStateException if the program around the engine has no such command
     */
    List<String> worker(String device);

    /**
     * As {@link #worker}, but what was ordered before its input ends is performed to its end: for workers that may outlive the run, which
     * finds their products in the store when it is resumed. Ended by TERM, it answers at its next checkpoint, and ends with code 143.
     */
    List<String> lastingWorker(String device);

    /**
     * A folder of this place's own within the run's, where resumed runs find what it left there. The same place in the plan has the same
     * folder. It is made when it is first asked for.
     */
    Path folder();

    /** An order as a line for a worker, without the line's end. */
    String line(Order order);

    /** The line that ends what a worker is doing at its next checkpoint; an answer follows. */
    String cancellation();

    /** The line after which a worker may close what it has open of a unit. */
    String line(UnitName forgotten);

    /**
     * What a worker's line says.
     *
     * @throws IllegalArgumentException if no worker wrote it
     */
    Word read(String line);

    /** What a worker says. */
    sealed interface Word {
        /** It is still at work, at least once a second while its unit reaches checkpoints. */
        record Alive() implements Word {}

        /** How far it has come. */
        record Underway(Progress progress) implements Word {}

        /** How the order ended: {@link Answer.Made} or {@link Answer.Threw}. */
        record Answered(Answer answer) implements Word {}
    }
}
