package org.obverse.engine.study;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Timer;
import java.util.TimerTask;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.obverse.api.event.Progress;
import org.obverse.api.place.PlaceContext.Word;
import org.obverse.engine.drive.Workshop;

/** Performs the orders of a run that goes on in another process: reads what to do line by line, and says line by line what became of it. */
final class Worker {
    /** How often it says at most that it is alive, or how far it has come. */
    private static final long BREATH_MILLIS = 200;

    private final PrintStream out;
    private final AtomicBoolean cancelled;
    private final AtomicBoolean due = new AtomicBoolean(true);

    /**
     * @param out whose lines only this worker writes
     */
    Worker(PrintStream out, AtomicBoolean cancelled) {
        this.out = out;
        this.cancelled = cancelled;
    }

    /** Whether the work is to end; whoever asks is alive. */
    boolean isCancelled() {
        if (isDue()) {
            say(new Word.Alive());
        }
        return cancelled.get();
    }

    /** Works until the input has ended and what it ordered is done. */
    void work(InputStream in, Workshop workshop, ThreadFactory threads) {
        Timer breath = new Timer("breath", true);
        breath.schedule(
                new TimerTask() {
                    @Override
                    public void run() {
                        due.set(true);
                    }
                },
                BREATH_MILLIS,
                BREATH_MILLIS);
        ExecutorService one = Executors.newSingleThreadExecutor(threads);
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                WorkerLines.Told told = WorkerLines.told(line);
                if (told instanceof WorkerLines.Told.Perform perform) {
                    one.execute(() -> say(new Word.Answered(workshop.perform(perform.order(), this::tell))));
                } else if (told instanceof WorkerLines.Told.Forget forget) {
                    one.execute(() -> workshop.forget(forget.unit()));
                } else {
                    cancelled.set(true);
                }
            }
        } catch (IOException e) {
            cancelled.set(true);
            throw new UncheckedIOException("a worker's orders cannot be read", e);
        } finally {
            one.shutdown();
            awaitEnd(one);
            breath.cancel();
        }
    }

    /** What the work computes with is closed next. */
    private static void awaitEnd(ExecutorService one) {
        boolean interrupted = false;
        boolean ended = false;
        while (!ended) {
            try {
                ended = one.awaitTermination(1, TimeUnit.MINUTES);
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void tell(Progress progress) {
        if (progress.done() == progress.total() || isDue()) {
            say(new Word.Underway(progress));
        }
    }

    private boolean isDue() {
        return due.getAndSet(false);
    }

    private synchronized void say(Word word) {
        out.println(WorkerLines.write(word));
        out.flush();
    }
}
