package org.obverse.engine.lend;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.obverse.api.event.Progress;
import org.obverse.engine.graph.CancelledException;

/**
 * Watches over what components do to many items, wherever they do it.
 *
 * @param cancelled ends the work before the next item once true
 * @param progress is told of items that are done, from any thread
 */
public record Supervision(AtomicBoolean cancelled, Consumer<Progress> progress) {
    /** Of work that nobody watches or ends. */
    public static Supervision none() {
        return new Supervision(new AtomicBoolean(), progress -> {});
    }

    /** Returns, or throws a {@link CancelledException} if the work is to end. */
    public void checkpoint() {
        if (cancelled.get()) {
            throw new CancelledException();
        }
    }
}
