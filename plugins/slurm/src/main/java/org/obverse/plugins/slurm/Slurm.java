package org.obverse.plugins.slurm;

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
import org.obverse.api.plugin.Problem;

/** Orders as jobs of a cluster: takes them, and has its {@link Arrays} look after them twice a second, on one thread. */
final class Slurm implements Place {
    private static final long PERIOD_MILLIS = 500;

    private final Jobs jobs;
    private final List<Ear> ordered = new ArrayList<>();
    private final Timer timer = new Timer("slurm", true);
    private Optional<Arrays> arrays = Optional.empty();
    private int taken;
    private boolean cancelled;

    Slurm(Jobs jobs) {
        this.jobs = jobs;
    }

    @Override
    public List<Problem> check() {
        return Queue.problems();
    }

    @Override
    public void open(PlaceContext context) {
        Arrays opened = new Arrays(jobs, context);
        arrays = Optional.of(opened);
        timer.schedule(
                new TimerTask() {
                    @Override
                    public void run() {
                        opened.tend(takeOrdered(), isCancelled()).forEach(Slurm.this::answer);
                    }
                },
                0,
                PERIOD_MILLIS);
    }

    @Override
    public synchronized void consider(Offer offer) {
        if (taken < jobs.count() && jobs.takes(offer.unit().slot())) {
            offer.claim(this);
        }
    }

    @Override
    public synchronized void perform(Order order, Consumer<Answer> answers, Consumer<Progress> progress) {
        taken++;
        ordered.add(new Ear(order, answers, progress));
    }

    private synchronized List<Ear> takeOrdered() {
        List<Ear> all = List.copyOf(ordered);
        ordered.clear();
        return all;
    }

    private void answer(Ear ear, Answer answer) {
        synchronized (this) {
            taken--;
        }
        ear.answers().accept(answer);
    }

    /** A job performs one order; nothing stays open. */
    @Override
    public void forget(UnitName unit) {}

    @Override
    public synchronized void cancel() {
        cancelled = true;
    }

    private synchronized boolean isCancelled() {
        return cancelled;
    }

    @Override
    public void close() {
        timer.cancel();
        arrays.ifPresent(Arrays::close);
    }
}
