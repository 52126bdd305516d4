package org.obverse.engine.study;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import java.util.function.Consumer;
import java.util.stream.Stream;
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
 * @param folder of the place, which need not be there
 */
record PlaceLoan(Workshop workshop, ThreadFactory threads, List<String> worker, Path folder) implements PlaceContext {
    /** In a folder below. */
    PlaceLoan within(String name) {
        return new PlaceLoan(workshop, threads, worker, folder.resolve(name));
    }

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
        return device.isEmpty() ? worker : with("--device=" + device, worker);
    }

    @Override
    public List<String> lastingWorker(String device) {
        return with("--lasting", worker(device));
    }

    private static List<String> with(String option, List<String> command) {
        return Stream.concat(command.stream(), Stream.of(option)).toList();
    }

    @Override
    public Path folder() {
        try {
            return Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make the folder of a place, " + folder, e);
        }
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
