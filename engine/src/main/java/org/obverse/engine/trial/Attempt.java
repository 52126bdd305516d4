package org.obverse.engine.trial;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.obverse.engine.graph.CancelledException;
import org.obverse.engine.graph.Closing;
import org.obverse.engine.graph.CutShortException;
import org.obverse.engine.graph.UnitContext;

/** What the work on a unit is given while it is watched. */
final class Attempt implements UnitContext, AutoCloseable {
    private final int batch;
    private final Path unfinished;
    private final Watch watch;
    private final AtomicBoolean cancelled;
    private final Deque<AutoCloseable> owned = new ArrayDeque<>();
    private boolean cut;

    Attempt(int batch, Path unfinished, Watch watch, AtomicBoolean cancelled) {
        this.batch = batch;
        this.unfinished = unfinished;
        this.watch = watch;
        this.cancelled = cancelled;
    }

    /** Whether the work was cut short, whatever it made of that. */
    boolean isCut() {
        return cut;
    }

    @Override
    public int batch() {
        return batch;
    }

    @Override
    public void checkpoint() {
        if (cancelled.get()) {
            throw new CancelledException();
        }
        // What is left over is made of what is there, and may call this again.
        if (!cut && !watch.goesOn()) {
            cut = true;
            throw new CutShortException();
        }
    }

    @Override
    public void progress(long done, long total, Map<String, Double> figures) {
        watch.progress(done, total);
    }

    @Override
    public Path unfinished() {
        return unfinished;
    }

    @Override
    public <T extends AutoCloseable> T own(T resource) {
        owned.push(resource);
        return resource;
    }

    @Override
    public void close() {
        Closing.all(owned);
    }
}
