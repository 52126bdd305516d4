package org.obverse.engine.drive;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import java.util.function.Consumer;
import org.obverse.api.event.Progress;
import org.obverse.api.event.UnitName;
import org.obverse.api.place.Answer;
import org.obverse.api.place.Order;
import org.obverse.api.place.PlaceContext;

/** Lends a workshop to places that work in this process. */
record InProcess(Workshop workshop) implements PlaceContext {
    @Override
    public Answer perform(Order order, Consumer<Progress> progress) {
        return workshop.perform(order, progress);
    }

    @Override
    public void forget(UnitName unit) {
        workshop.forget(unit);
    }

    @Override
    public ThreadFactory threads() {
        return Thread::new;
    }

    @Override
    public List<String> worker(String device) {
        throw new UnsupportedOperationException("these places need no worker");
    }

    @Override
    public List<String> lastingWorker(String device) {
        throw new UnsupportedOperationException("these places need no worker");
    }

    @Override
    public Path folder() {
        throw new UnsupportedOperationException("these places need no folder");
    }

    @Override
    public String line(Order order) {
        throw new UnsupportedOperationException("these places need no worker");
    }

    @Override
    public String cancellation() {
        throw new UnsupportedOperationException("these places need no worker");
    }

    @Override
    public String line(UnitName forgotten) {
        throw new UnsupportedOperationException("these places need no worker");
    }

    @Override
    public Word read(String line) {
        throw new UnsupportedOperationException("these places need no worker");
    }
}
