package org.obverse.engine.trial;

import com.google.common.base.Throwables;
import com.google.common.util.concurrent.ExecutionError;
import com.google.common.util.concurrent.Futures;
import com.google.common.util.concurrent.MoreExecutors;
import com.google.common.util.concurrent.UncheckedExecutionException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicBoolean;
import org.obverse.api.event.Summary;
import org.obverse.api.event.UnitName;
import org.obverse.engine.control.ControlUnit;
import org.obverse.engine.drive.OpenProducts;
import org.obverse.engine.drive.ProductStore;
import org.obverse.engine.graph.CancelledException;
import org.obverse.engine.graph.Ingredients;
import org.obverse.engine.graph.Inputs;
import org.obverse.engine.graph.Provenance;
import org.obverse.engine.graph.Provisional;
import org.obverse.engine.graph.RunGraph;
import org.obverse.engine.graph.Unit;
import org.obverse.engine.plugin.PluginFailedException;

/** The units of a study, each of which can be tried once its inputs have any product. */
public final class Trial implements AutoCloseable {
    /** For work that is cut short at its next checkpoint. */
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final RunGraph graph;
    private final ProductStore store;
    private final OpenProducts products;
    private final ExecutorService workers;
    private final AtomicBoolean cancelled;
    private final int batch;
    private final Set<UnitName> cut = ConcurrentHashMap.newKeySet();
    private int attempts;

    /**
     * @param threads may compute
     * @param batch of units that say none
     */
    Trial(RunGraph graph, ProductStore store, ThreadFactory threads, AtomicBoolean cancelled, int batch) {
        this.graph = graph;
        this.store = store;
        this.products = new OpenProducts(graph, store);
        this.workers = Executors.newCachedThreadPool(threads);
        this.cancelled = cancelled;
        this.batch = batch;
    }

    /** Units that cost the same, in the study's order. */
    public List<List<UnitName>> alike() {
        return Alike.of(graph);
    }

    /** What a unit reads. */
    public List<UnitName> inputs(UnitName unit) {
        return RunGraph.inputs(graph.unit(unit));
    }

    /** Whether a unit has a product, be it a provisional one or one of work that was cut short. */
    public boolean has(UnitName unit) {
        return product(unit).isPresent();
    }

    private Optional<Provenance> product(UnitName unit) {
        return store.provenance(graph.digest(unit));
    }

    /** Whether a unit does as much as was asked in others, of which some were cut short here. */
    public boolean isShortenedByOthers(UnitName unit) {
        return graph.unit(unit) instanceof ControlUnit control
                && control.readsQueries()
                && inputs(unit).stream().anyMatch(cut::contains);
    }

    /** What is said of a unit's product; nothing if it has none. */
    public Summary summary(UnitName unit) {
        return product(unit).map(Provenance::summary).orElse(Summary.NONE);
    }

    /** What a unit's product takes on the disk, with what is stored beside it; 0 if it has none. */
    public long bytes(UnitName unit) {
        String digest = graph.digest(unit);
        return product(unit)
                .map(made -> {
                    try {
                        return Files.size(store.artifacts()
                                        .artifact(made.artifact())
                                        .file())
                                + Files.size(store.artifacts().referenceFile(digest));
                    } catch (IOException e) {
                        throw new UncheckedIOException("cannot read what " + unit + " made", e);
                    }
                })
                .orElse(0L);
    }

    /** Gives a unit a provisional product; whether it is of a kind that has one. */
    public boolean provide(UnitName unit) {
        if (!(graph.unit(unit) instanceof Provisional<?> early)) {
            return false;
        }
        return await(workers.submit(() -> provide(early, attempt(unit, new Unwatched()))));
    }

    private <P> boolean provide(Provisional<P> unit, Attempt attempt) {
        try (attempt) {
            keep(unit, unit.provisional(opened(unit, attempt), attempt));
            return true;
        }
    }

    /**
     * Performs a unit as often as there are watches, all at once. It keeps what it made, also of what was cut short if it can make a
     * product of that.
     *
     * @throws CancelledException if the trials are to end
     */
    public List<Ended> perform(UnitName name, List<? extends Watch> watches) {
        Unit<?> unit = graph.unit(name);
        List<Future<Ended>> working = new ArrayList<>();
        for (Watch watch : watches) {
            Attempt attempt = attempt(name, watch);
            working.add(workers.submit(() -> perform(unit, attempt, watch)));
        }
        List<Ended> ended = working.stream().map(Trial::await).toList();
        inputs(name).forEach(products::forget);
        if (cancelled.get()) {
            throw new CancelledException();
        }
        return ended;
    }

    private <P> Ended perform(Unit<P> unit, Attempt attempt, Watch watch) {
        try (attempt) {
            Inputs inputs = opened(unit, attempt);
            watch.begun(unit instanceof Provisional<P> early ? early.length(inputs) : Provisional.Length.UNKNOWN);
            keep(unit, unit.perform(inputs, attempt));
            if (attempt.isCut()) {
                cut.add(unit.name());
                return new Ended.CutShort();
            }
            watch.finished();
            return new Ended.Finished();
        } catch (CancelledException e) {
            return new Ended.CutShort();
        } catch (Throwable e) {
            return attempt.isCut() ? new Ended.CutShort() : new Ended.Failed(PluginFailedException.words(e));
        }
    }

    private Attempt attempt(UnitName unit, Watch watch) {
        int own = Optional.ofNullable(graph.unit(unit).ingredients().values().get(Ingredients.BATCH))
                .map(Integer::valueOf)
                .orElse(batch);
        String unfinished = "attempt-" + attempts++;
        return new Attempt(own, store.artifacts().unfinished(unfinished), watch, cancelled);
    }

    private Inputs opened(Unit<?> unit, Attempt attempt) {
        return products.inputs(unit, digests(unit), attempt);
    }

    private List<String> digests(Unit<?> unit) {
        return unit.inputs().stream().map(input -> graph.digest(input.name())).toList();
    }

    private <P> void keep(Unit<P> unit, P product) {
        Summary summary = unit.codec().summary(product);
        store.save(unit.ingredients(), digests(unit), summary, unit.codec().encode(product));
    }

    private static <T> T await(Future<T> work) {
        try {
            return Objects.requireNonNull(Futures.getUnchecked(work));
        } catch (UncheckedExecutionException | ExecutionError e) {
            Throwables.throwIfUnchecked(Objects.requireNonNull(e.getCause()));
            throw e;
        }
    }

    @Override
    public void close() {
        MoreExecutors.shutdownAndAwaitTermination(workers, PATIENCE);
        products.close();
    }

    /** Of work that takes no time. */
    private record Unwatched() implements Watch {
        @Override
        public void begun(Provisional.Length length) {}

        @Override
        public boolean goesOn() {
            return true;
        }

        @Override
        public void progress(long done, long total) {}

        @Override
        public void finished() {}
    }
}
