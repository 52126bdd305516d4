package org.obverse.engine.listen;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.obverse.api.event.Progress;
import org.obverse.api.event.RunFact;

/**
 * Tells a best-effort listener on a thread of its own, so that the run does not wait for it. Every fact is told, in order, unless
 * the listener stays so far behind that it is given up; progress is left out while it is behind.
 */
public final class Aside implements AutoCloseable {
    private final String name;
    private final Patience patience;
    private final Consumer<String> words;
    private final BlockingQueue<Optional<Object>> queue;
    private final Thread thread;
    private boolean givenUp;

    /**
     * @param ear hears every fact and progress; does not throw
     * @param words what the user is told of the listener
     */
    public Aside(String name, Consumer<Object> ear, Patience patience, Consumer<String> words) {
        this.name = name;
        this.patience = patience;
        this.words = words;
        this.queue = new ArrayBlockingQueue<>(patience.behind());
        this.thread = new Thread(() -> listen(ear), "listener " + name);
        thread.setDaemon(true);
        thread.start();
    }

    private void listen(Consumer<Object> ear) {
        try {
            for (Optional<Object> next = queue.take(); next.isPresent(); next = queue.take()) {
                ear.accept(next.get());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits for a listener that is too far behind, and then gives it up. */
    public void tell(RunFact fact) {
        put(Optional.of(fact));
    }

    /** Never waits. */
    public void tell(Progress progress) {
        if (!givenUp && queue.remainingCapacity() > patience.behind() / 2) {
            queue.offer(Optional.of(progress));
        }
    }

    /** Waits until it has heard all. */
    @Override
    public void close() {
        put(Optional.empty());
        if (!givenUp && !waited(patience.grace())) {
            giveUp("has not heard the end of the run after %s s".formatted(Patience.seconds(patience.grace())));
        }
    }

    private void put(Optional<Object> message) {
        if (givenUp) {
            return;
        }
        boolean interrupted = Thread.interrupted();
        try {
            if (!queue.offer(message, patience.grace().toMillis(), TimeUnit.MILLISECONDS)) {
                giveUp("is %d messages behind".formatted(patience.behind()));
            }
        } catch (InterruptedException e) {
            interrupted = true;
            giveUp("is behind, and the run is interrupted");
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private boolean waited(Duration longest) {
        boolean interrupted = Thread.interrupted();
        try {
            thread.join(longest.toMillis());
            return !thread.isAlive();
        } catch (InterruptedException e) {
            interrupted = true;
            return false;
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void giveUp(String why) {
        givenUp = true;
        words.accept("The listener '%s' %s. The run goes on without it.".formatted(name, why));
        queue.clear();
        thread.interrupt();
    }
}
