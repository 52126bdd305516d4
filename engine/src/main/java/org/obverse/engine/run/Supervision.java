package org.obverse.engine.run;

import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Watches over what components do to many items, wherever they do it.
 *
 * @param cancelled ends the work before the next item once true
 */
public record Supervision(AtomicBoolean cancelled, ItemListener listener) {
    /** Of work that nobody watches or ends. */
    public static Supervision none() {
        return new Supervision(new AtomicBoolean(), (task, done, total) -> {});
    }

    void checkpoint() {
        if (cancelled.get()) {
            throw new CancelledException();
        }
    }
}
