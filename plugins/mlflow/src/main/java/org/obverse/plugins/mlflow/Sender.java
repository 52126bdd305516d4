package org.obverse.plugins.mlflow;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.obverse.api.event.RunFact;
import org.obverse.plugins.mlflow.Recorder.Step;
import org.obverse.plugins.mlflow.Store.RefusedException;

/**
 * Tells a store what happens, on a thread of its own. What the store cannot be told now is told later, in order; what does not fit
 * into the queue meanwhile is left out and counted. Nothing that a store does reaches the run.
 */
final class Sender {
    private static final int BATCH = 1000;
    /** If a store that failed so often then answers otherwise, and fails once more, it will never take it. */
    private static final int ATTEMPTS = 5;

    private final Store store;
    private final Recorder recorder;
    private final Patience patience;
    private final Consumer<String> words;
    private final BlockingQueue<Message> queue;
    private final AtomicLong leftOut = new AtomicLong();
    private final AtomicLong unsent = new AtomicLong();
    private final Set<String> refusals = new HashSet<>();
    private final Thread thread = new Thread(this::work, "mlflow");
    /** Counted down when the end was told, or never will be. */
    private final CountDownLatch done = new CountDownLatch(1);

    Sender(Store store, Patience patience, Consumer<String> words) {
        this.store = store;
        this.recorder = new Recorder(store);
        this.patience = patience;
        this.words = words;
        this.queue = new ArrayBlockingQueue<>(patience.messages());
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /** Never waits. */
    void tell(Message message) {
        boolean fits = !(message instanceof Message.UnderWay) || queue.remainingCapacity() > patience.messages() / 2;
        if (!fits || !queue.offer(message)) {
            leftOut.incrementAndGet();
        }
    }

    /** Waits until all was told, but not longer than is stated, and then says what was not. */
    void end(Message last) {
        try {
            long until = System.nanoTime() + patience.end().toNanos();
            boolean told = queue.offer(last, patience.end().toNanos(), TimeUnit.NANOSECONDS)
                    && done.await(until - System.nanoTime(), TimeUnit.NANOSECONDS);
            if (!told) {
                words.accept("MLflow at %s was not told all of the run: %d messages were left at its end."
                        .formatted(store.name(), queue.size() + unsent.get()));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            thread.interrupt();
        }
        if (leftOut.get() > 0) {
            words.accept("MLflow at %s did not keep pace, and %d messages of the run were left out."
                    .formatted(store.name(), leftOut.get()));
        }
    }

    private void work() {
        try {
            boolean ended = false;
            while (!ended) {
                List<Message> batch = new ArrayList<>(List.of(queue.take()));
                queue.drainTo(batch, BATCH - 1);
                unsent.set(batch.size());
                for (Step step : recorder.steps(batch)) {
                    take(step);
                }
                unsent.set(0);
                Message last = batch.get(batch.size() - 1);
                ended = last instanceof Message.Fact told && told.fact() instanceof RunFact.Ended;
            }
            done.countDown();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException | Error e) {
            words.accept("MLflow is told nothing more of the run: " + e);
            done.countDown();
            throw e;
        }
    }

    private void take(Step step) throws InterruptedException {
        Duration pause = patience.retry();
        boolean answered = false;
        for (int attempts = 1; ; attempts++) {
            try {
                step.take();
                if (attempts > 1) {
                    words.accept("MLflow at " + store.name() + " is there again, and is told what it missed.");
                }
                return;
            } catch (RefusedException e) {
                refused(e);
                return;
            } catch (IOException e) {
                if (attempts == 1) {
                    words.accept("MLflow at %s cannot be reached (%s). The run goes on, and is told to MLflow later."
                            .formatted(store.name(), e.getMessage()));
                }
                if (answered) {
                    refused(e);
                    return;
                }
                answered = attempts >= ATTEMPTS && store.answers();
                Thread.sleep(pause.toMillis());
                pause = pause.multipliedBy(2).compareTo(Patience.LONGEST_RETRY) < 0
                        ? pause.multipliedBy(2)
                        : Patience.LONGEST_RETRY;
            }
        }
    }

    private void refused(IOException e) {
        if (refusals.add(String.valueOf(e.getMessage()))) {
            words.accept("MLflow at " + store.name() + " does not take a part of the run: " + e.getMessage());
        }
    }
}
