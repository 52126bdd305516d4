package org.obverse.testkit.subject.forbidden;

import org.obverse.api.event.Progress;
import org.obverse.api.event.RunListener;
import org.obverse.api.event.RunView;

/** What is forbidden to all but listeners. */
final class Stopwatch implements RunListener {
    private final long began = System.nanoTime();
    private long latest;

    @Override
    public void progressed(Progress progress, RunView run) {
        latest = System.nanoTime();
    }

    long elapsed() {
        return latest - began;
    }
}
