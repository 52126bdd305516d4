package org.obverse.engine.study;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import java.util.function.Consumer;
import org.obverse.api.event.Progress;
import org.obverse.api.event.UnitName;
import org.obverse.api.place.Answer;
import org.obverse.api.place.Order;
import org.obverse.api.place.PlaceContext;
import org.obverse.engine.drive.Workshop;

/**
 * What a place of a run is lent.
 *
 * @param workshop performs what is performed in this process
 * @param threads may compute
 * @param worker the command of a worker on the run's own device; empty if there is none
 */
record PlaceLoan(Workshop workshop, ThreadFactory threads, List<String> worker) implements PlaceContext {
    @Override
    public Answer perform(Order order, Consumer<Progress> progress) {
        return workshop.perform(order, progress);
    }

    @Override
    public void forget(UnitName unit) {
        workshop.forget(unit);
    }

    @Override
    public List<String> worker(String device) {
        if (worker.isEmpty()) {
            throw new IllegalStateException("the program around the engine has no command for workers");
        }
        List<String> command = new ArrayList<>(worker);
        if (!device.isEmpty()) {
            command.add("--device=" + device);
        }
        return List.copyOf(command);
    }

    @Override
    public String line(Order order) {
        return WorkerLines.write(new WorkerLines.Told.Perform(order));
    }

    @Override
    public String line(UnitName forgotten) {
        return WorkerLines.write(new WorkerLines.Told.Forget(forgotten));
    }

    @Override
    public String cancellation() {
        return WorkerLines.write(new WorkerLines.Told.Cancel());
    }

    @Override
    public Word read(String line) {
        return WorkerLines.said(line);
    }
}
