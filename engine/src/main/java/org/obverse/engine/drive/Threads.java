package org.obverse.engine.drive;

import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.obverse.api.event.Progress;
import org.obverse.api.event.UnitName;
import org.obverse.api.place.Answer;
import org.obverse.api.place.Offer;
import org.obverse.api.place.Order;
import org.obverse.api.place.Place;
import org.obverse.api.place.PlaceContext;

/** Worker threads of this process: the place of a plan that names none. */
public final class Threads implements Place {
    private record Opened(PlaceContext context, ExecutorService pool) {}

    private final int workers;
    private final AtomicInteger free;
    private Optional<Opened> opened = Optional.empty();

    /**
     * @param workers how many units are performed at once, at least 1
     */
    public Threads(int workers) {
        this.workers = workers;
        this.free = new AtomicInteger(workers);
    }

    @Override
    public void open(PlaceContext context) {
        opened = Optional.of(new Opened(context, Executors.newFixedThreadPool(workers, context.threads())));
    }

    @Override
    public void consider(Offer offer) {
        if (free.get() > 0) {
            offer.claim(this);
        }
    }

    @Override
    public void perform(Order order, Consumer<Answer> answers, Consumer<Progress> progress) {
        Opened here = opened.orElseThrow();
        free.decrementAndGet();
        here.pool().execute(() -> {
            Answer answer = here.context().perform(order, progress);
            free.incrementAndGet();
            answers.accept(answer);
        });
    }

    @Override
    public void forget(UnitName unit) {
        opened.ifPresent(here -> here.context().forget(unit));
    }

    /** Whatever is performed here hears of it at its next checkpoint. */
    @Override
    public void cancel() {}

    @Override
    public void close() {
        opened.ifPresent(here -> here.pool().shutdown());
    }
}
