package org.obverse.plugins.processes;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Timer;
import java.util.TimerTask;
import java.util.function.Consumer;
import org.obverse.api.event.Progress;
import org.obverse.api.event.UnitName;
import org.obverse.api.place.Answer;
import org.obverse.api.place.Offer;
import org.obverse.api.place.Order;
import org.obverse.api.place.Place;
import org.obverse.api.place.PlaceContext;

/** Child processes of the program, begun with their first unit and kept until the run ends. */
final class Processes implements Place {
    private static final long SECOND = 1000;
    private static final List<String> OWN_DEVICE = List.of("");

    private final Workers workers;
    private final List<Child> children = new ArrayList<>();
    private Optional<Timer> watch = Optional.empty();

    Processes(Workers workers) {
        this.workers = workers;
    }

    @Override
    public void open(PlaceContext context) {
        for (String device : workers.devices().isEmpty() ? OWN_DEVICE : workers.devices()) {
            List<String> command = context.worker(device);
            for (int i = 0; i < workers.count(); i++) {
                children.add(new Child(command, context, workers.patience()));
            }
        }
        Timer begun = new Timer("processes-watch", true);
        watch = Optional.of(begun);
        begun.schedule(
                new TimerTask() {
                    @Override
                    public void run() {
                        children.forEach(Child::endIfSilent);
                    }
                },
                SECOND,
                SECOND);
    }

    @Override
    public void consider(Offer offer) {
        if (children.stream().anyMatch(Child::isFree)) {
            offer.claim(this);
        }
    }

    @Override
    public void perform(Order order, Consumer<Answer> answers, Consumer<Progress> progress) {
        children.stream()
                .filter(Child::isFree)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("an order came for which no process is free"))
                .perform(order, answers, progress);
    }

    @Override
    public void forget(UnitName unit) {
        children.forEach(child -> child.forget(unit));
    }

    @Override
    public void cancel() {
        children.forEach(Child::cancel);
    }

    @Override
    public void close() {
        watch.ifPresent(Timer::cancel);
        children.forEach(Child::close);
        children.forEach(Child::awaitEnd);
    }
}
