package org.obverse.engine.drive;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.obverse.api.event.Progress;
import org.obverse.api.place.Answer;

/** What places have to say to the run's thread: all answers, and of each piece of work the latest progress. */
public final class Mailbox {
    private final LinkedBlockingQueue<Optional<Answer>> letters = new LinkedBlockingQueue<>();
    private final Map<Object, Progress> latest = new LinkedHashMap<>();

    /** Who is told of progress from any thread: listeners hear that of this one at once, and of others when the run looks. */
    public Consumer<Progress> telling(Bus bus) {
        Thread own = Thread.currentThread();
        return progress -> {
            if (Thread.currentThread() == own) {
                bus.show(progress);
            } else {
                put(progress);
            }
        };
    }

    void put(Answer answer) {
        letters.add(Optional.of(answer));
    }

    /** Wakes the run's thread, unless it has yet to look at earlier progress. */
    void put(Progress progress) {
        Object work = progress instanceof Progress.OfUnit unit
                ? unit.unit()
                : progress instanceof Progress.OfTask task ? task.task() : progress;
        synchronized (latest) {
            if (latest.isEmpty()) {
                letters.add(Optional.empty());
            }
            latest.put(work, progress);
        }
    }

    /** Waits for the next answer; nothing if there is progress first, or nothing at all for a while. */
    Optional<Answer> take(Duration patience) throws InterruptedException {
        Optional<Answer> letter = letters.poll(patience.toMillis(), TimeUnit.MILLISECONDS);
        return letter == null ? Optional.empty() : letter;
    }

    /** Progress since the last call. */
    List<Progress> progress() {
        synchronized (latest) {
            List<Progress> all = List.copyOf(latest.values());
            latest.clear();
            return all;
        }
    }
}
