package org.obverse.testkit.rule;

import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.obverse.api.event.UnitName;
import org.obverse.api.place.Order;
import org.obverse.api.place.Place;
import org.obverse.engine.plan.PlannedComponent;

/** A run around one place, as far as the place can tell: its thread makes offers and gives orders. */
final class PlaceTrial implements AutoCloseable {
    /** What a unit may take that ends by itself; a process may have to start first. */
    static final long WORK_SECONDS = 10;
    /** What is to happen soon, or at once, on a machine that may be busy. */
    static final long SOON_SECONDS = 3;

    private final ExecutorService run = Executors.newSingleThreadExecutor(PlaceWorker.daemons("bench-run"));
    private final ExecutorService other = Executors.newSingleThreadExecutor(PlaceWorker.daemons("bench-other"));
    private final Alive before;
    private final Place place;
    private final Path store;
    private final PlaceBench bench;
    private int units;
    private boolean closed;

    /** Looks at a place. */
    interface Look {
        void at(PlaceTrial trial) throws Exception;
    }

    private PlaceTrial(Supplier<Place> maker) throws IOException {
        returns(() -> {});
        before = Alive.now();
        place = maker.get();
        store = Files.createTempDirectory("obverse-bench-store");
        bench = new PlaceBench(store);
    }

    /** Makes a place, looks, and closes it; whatever is left of it then is ended. */
    static void with(Subject<Place> subject, Look look) throws Exception {
        PlannedComponent<Place> chosen = subject.chosen();
        try (NDManager manager = subject.bench().torch().manager().newSubManager();
                PlaceTrial trial =
                        new PlaceTrial(() -> chosen.create(subject.bench().resources(chosen.plugin(), manager)))) {
            look.at(trial);
        }
    }

    /**
     * @throws NotTried if that does not return
     */
    void open() {
        if (!returns(() -> place.open(bench))) {
            throw new NotTried("open does not return; see the rule returns-at-once");
        }
    }

    Place place() {
        return place;
    }

    PlaceBench bench() {
        return bench;
    }

    /**
     * Calls the place on the run's thread, after whatever it was called for before.
     *
     * @return whether that is over soon
     */
    boolean returns(Runnable call) {
        return over(run.submit(call), SOON_SECONDS);
    }

    private static boolean over(Future<?> call, long seconds) {
        try {
            call.get(seconds, TimeUnit.SECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException thrown ? thrown : new IllegalStateException(e.getCause());
        }
    }

    PlaceOffer unconsidered(String slot) {
        return new PlaceOffer(new UnitName(slot, units++, List.of()));
    }

    /**
     * Has the place consider a unit.
     *
     * @throws NotTried if that does not return
     */
    PlaceOffer offer(String slot) {
        PlaceOffer offer = unconsidered(slot);
        if (!returns(() -> place.consider(offer))) {
            throw new NotTried("consider does not return; see the rule returns-at-once");
        }
        offer.end();
        return offer;
    }

    /** Gives the order for a claimed offer; does not wait until the place has taken it. */
    PlaceAnswers order(PlaceOffer claimed) {
        Order order = bench.order(claimed.unit());
        PlaceAnswers answers = new PlaceAnswers(order, bench);
        run.execute(() -> {
            try {
                place.perform(order, answers, progress -> {});
            } catch (RuntimeException e) {
                answers.failed(e);
            }
        });
        return answers;
    }

    /**
     * Offers a unit and gives the order.
     *
     * @throws NotTried if nobody claims it
     */
    PlaceAnswers order(String slot) {
        PlaceOffer offer = offer(slot);
        if (!offer.isClaimed()) {
            throw new NotTried("it claims no offer; see the rule claims-once");
        }
        return order(offer);
    }

    /** Cancels the run, from another thread than the run's. */
    void cancel() {
        bench.end();
        other.execute(place::cancel);
    }

    /**
     * Closes the place.
     *
     * @return whether that is over after a while
     */
    boolean closes() {
        closed = true;
        return over(run.submit(place::close), WORK_SECONDS);
    }

    /** Threads and processes that began during the trial and are still there; for people. */
    List<String> left() {
        return before.leftSince();
    }

    @Override
    public void close() throws IOException {
        try {
            if (!closed) {
                cancel();
                closes();
            }
        } catch (RuntimeException e) {
            // A failure to close is for the rule leaves-nothing to tell.
        } finally {
            before.processesSince().forEach(ProcessHandle::destroyForcibly);
            run.shutdownNow();
            other.shutdownNow();
            delete();
        }
    }

    private void delete() throws IOException {
        try (Stream<Path> files = Files.walk(store)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
