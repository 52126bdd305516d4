package org.obverse.engine.drive;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.obverse.api.event.Progress;
import org.obverse.api.event.UnitName;

/** Worker threads of this process. */
public final class Threads implements Place {
    private final Workshop workshop;
    private final ExecutorService pool;
    private final AtomicInteger free;

    /**
     * @param workers how many units are performed at once, at least 1
     * @param threads makes threads that may compute
     */
    public Threads(Workshop workshop, int workers, ThreadFactory threads) {
        this.workshop = workshop;
        this.pool = Executors.newFixedThreadPool(workers, threads);
        this.free = new AtomicInteger(workers);
    }

    @Override
    public void consider(Offer offer) {
        if (free.get() > 0) {
            offer.claim(this);
        }
    }

    @Override
    public void perform(Order order, Consumer<Answer> answers, Consumer<Progress> progress) {
        free.decrementAndGet();
        pool.execute(() -> {
            Answer answer = workshop.perform(order, progress);
            free.incrementAndGet();
            answers.accept(answer);
        });
    }

    @Override
    public void forget(UnitName unit) {
        workshop.forget(unit);
    }

    @Override
    public void close() {
        pool.shutdown();
        workshop.close();
    }
}
