package org.obverse.cli;

import java.io.PrintWriter;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** Turns Ctrl-C, and a polite kill, into a request to stop at the next checkpoint, and holds the process until then. */
final class Interruption implements AutoCloseable {
    /** A step of a large network may take long; what is not written after that is computed again by resume. */
    private static final long PATIENCE_SECONDS = 60;

    private final AtomicBoolean cancelled = new AtomicBoolean();
    private final CountDownLatch finished = new CountDownLatch(1);
    private final Thread hook;

    Interruption(PrintWriter err) {
        this.hook = new Thread(() -> stop(err), "interruption");
        Runtime.getRuntime().addShutdownHook(hook);
    }

    AtomicBoolean cancelled() {
        return cancelled;
    }

    private void stop(PrintWriter err) {
        cancelled.set(true);
        err.println();
        err.println("Stopping at the next checkpoint …");
        err.flush();
        try {
            if (!finished.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                err.println("No checkpoint was reached; resume computes the unfinished units again.");
                err.flush();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        finished.countDown();
        if (!cancelled.get()) {
            try {
                Runtime.getRuntime().removeShutdownHook(hook);
            } catch (IllegalStateException e) {
                // The signal came just now: the hook finds the work finished.
                cancelled.set(true);
            }
        }
    }
}
