package org.obverse.engine.graph;

import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** Closes what a {@link Lifetime} owned. */
public final class Closing {
    private Closing() {}

    /** The latest first; all of them, whatever one of them throws. */
    public static void all(Deque<AutoCloseable> owned) {
        List<Exception> failures = new ArrayList<>();
        while (!owned.isEmpty()) {
            try {
                owned.pop().close();
            } catch (Exception e) {
                failures.add(e);
            }
        }
        if (!failures.isEmpty()) {
            IllegalStateException unclosed =
                    new IllegalStateException("what a unit owned cannot be closed", failures.get(0));
            failures.subList(1, failures.size()).forEach(unclosed::addSuppressed);
            throw unclosed;
        }
    }
}
