package org.obverse.testkit.subject;

import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.obverse.api.event.Progress;
import org.obverse.api.event.UnitName;
import org.obverse.api.place.Answer;
import org.obverse.api.place.Offer;
import org.obverse.api.place.Order;
import org.obverse.api.place.Place;
import org.obverse.api.place.PlaceContext;

/** The smallest place that keeps every rule: one thread of this process. */
final class OneThread implements Place {
    private record Opened(PlaceContext context, ExecutorService thread) {}

    private Optional<Opened> opened = Optional.empty();
    private volatile boolean busy;

    @Override
    public void open(PlaceContext context) {
        opened = Optional.of(new Opened(context, Executors.newSingleThreadExecutor(context.threads())));
    }

    @Override
    public void consider(Offer offer) {
        if (!busy) {
            offer.claim(this);
        }
    }

    @Override
    public void perform(Order order, Consumer<Answer> answers, Consumer<Progress> progress) {
        Opened here = opened.orElseThrow();
        busy = true;
        here.thread().execute(() -> {
            Answer answer = here.context().perform(order, progress);
            busy = false;
            answers.accept(answer);
        });
    }

    @Override
    public void forget(UnitName unit) {
        opened.ifPresent(here -> here.context().forget(unit));
    }

    /** What is performed in this process hears of it at its next checkpoint. */
    @Override
    public void cancel() {}

    @Override
    public void close() {
        opened.ifPresent(here -> {
            here.thread().shutdown();
            try {
                here.thread().awaitTermination(1, TimeUnit.MINUTES);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }
}
