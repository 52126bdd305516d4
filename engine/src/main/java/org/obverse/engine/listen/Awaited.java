package org.obverse.engine.listen;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Says of a listener that the run depends on that the run waits for it. */
public final class Awaited implements AutoCloseable {
    private final Duration silence;
    private final Consumer<String> words;
    private Optional<ScheduledThreadPoolExecutor> clock = Optional.empty();

    /**
     * @param silence after which it is said
     */
    public Awaited(Duration silence, Consumer<String> words) {
        this.silence = silence;
        this.words = words;
    }

    /** Waits for a listener, on this thread. */
    public void call(String listener, Runnable telling) {
        ScheduledFuture<?> word = clock().schedule(
                        () -> words.accept("The run waits for the listener '%s', which has not returned for %s s."
                                .formatted(listener, Patience.seconds(silence))),
                        silence.toMillis(),
                        TimeUnit.MILLISECONDS);
        try {
            telling.run();
        } finally {
            word.cancel(false);
        }
    }

    private ScheduledThreadPoolExecutor clock() {
        if (clock.isEmpty()) {
            ScheduledThreadPoolExecutor made = new ScheduledThreadPoolExecutor(1, work -> {
                Thread thread = new Thread(work, "listeners' clock");
                thread.setDaemon(true);
                return thread;
            });
            made.setRemoveOnCancelPolicy(true);
            clock = Optional.of(made);
        }
        return clock.get();
    }

    @Override
    public void close() {
        clock.ifPresent(ScheduledThreadPoolExecutor::shutdownNow);
    }
}
