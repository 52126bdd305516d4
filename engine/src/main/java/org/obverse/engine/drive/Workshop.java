package org.obverse.engine.drive;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.BiFunction;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.obverse.api.event.Progress;
import org.obverse.api.event.UnitName;
import org.obverse.api.place.Answer;
import org.obverse.api.place.Order;
import org.obverse.api.place.Place;
import org.obverse.engine.artifact.ArtifactStore.Content;
import org.obverse.engine.graph.CancelledException;
import org.obverse.engine.graph.Closing;
import org.obverse.engine.graph.Ingredients;
import org.obverse.engine.graph.Inputs;
import org.obverse.engine.graph.Provenance;
import org.obverse.engine.graph.RunGraph;
import org.obverse.engine.graph.Unit;
import org.obverse.engine.graph.UnitContext;

/**
 * Performs orders, on whichever thread brings them: opens the inputs, lets the unit do its work, stores the product. What a
 * process needs to be a place, or a part of one.
 */
public final class Workshop implements AutoCloseable {
    private final RunGraph graph;
    private final ProductStore store;
    private final Faults faults;
    private final BooleanSupplier cancelled;
    private final OpenProducts products;

    /**
     * How failures are told apart.
     *
     * @param memoryShort whether a smaller batch may help
     * @param blame a failure of a unit, with the plugins that took part; what is nobody's fault is returned as it is
     * @param sound throws if a unit broke what all units compute with
     */
    public record Faults(
            Predicate<Throwable> memoryShort, BiFunction<Unit<?>, Throwable, Throwable> blame, Runnable sound) {}

    /**
     * @param cancelled whether the work is to end, asked at every checkpoint
     */
    public Workshop(RunGraph graph, ProductStore store, Faults faults, BooleanSupplier cancelled) {
        this.graph = graph;
        this.store = store;
        this.faults = faults;
        this.cancelled = cancelled;
        this.products = new OpenProducts(graph, store);
    }

    /** Answers whatever happens. */
    public Answer perform(Order order, Consumer<Progress> progress) {
        Unit<?> unit = graph.unit(order.unit());
        try {
            return perform(unit, order, progress);
        } catch (Throwable e) {
            return new Answer.Threw(order.unit(), e);
        }
    }

    /** With ever smaller batches while memory is short and the order has a smaller one. */
    private Answer perform(Unit<?> unit, Order order, Consumer<Progress> progress) throws Throwable {
        requireSame(unit, order);
        Throwable shortage = new CancelledException();
        for (int batch : order.batches()) {
            Ingredients ingredients = ofBatch(unit, batch);
            String digest = ingredients.digest(order.inputs());
            Optional<Provenance> stored = batch == order.batches().get(0) ? Optional.empty() : store.find(digest);
            if (stored.isPresent()) {
                return made(unit.name(), stored.get());
            }
            Work work = new Work(unit.name(), batch, store.unfinished(digest), cancelled, progress);
            try {
                Provenance made = attempt(unit, ingredients, order.inputs(), work);
                store.finish(digest);
                return made(unit.name(), made);
            } catch (Throwable e) {
                if (!work.asked || !faults.memoryShort().test(e)) {
                    throw e;
                }
                shortage = e;
            }
        }
        throw shortage;
    }

    /** Who orders and who performs it mean the same unit. */
    private static void requireSame(Unit<?> unit, Order order) {
        String own = ofBatch(unit, order.batches().get(0)).digest(order.inputs());
        if (!own.equals(order.digest())) {
            throw new IllegalStateException(
                    "unit %s is another one here than where it was ordered: files, plugins or the program were changed while the run went on"
                            .formatted(unit.name()));
        }
    }

    private static Answer made(UnitName unit, Provenance made) {
        return new Answer.Made(unit, made.digest(), made.artifact(), made.summary());
    }

    /** What a unit depends on when it is tried with a batch; those that ask for none depend on none. */
    static Ingredients ofBatch(Unit<?> unit, int batch) {
        Ingredients own = unit.ingredients();
        return own.values().containsKey(Ingredients.BATCH) ? own.with(Ingredients.BATCH, String.valueOf(batch)) : own;
    }

    private <P> Provenance attempt(Unit<P> unit, Ingredients ingredients, List<String> inputs, Work work)
            throws Throwable {
        try (work) {
            Inputs opened = blamed(unit, inputs, () -> products.inputs(unit, inputs, work));
            P product = blamed(unit, inputs, () -> unit.perform(opened, work));
            Content content = blamed(unit, inputs, () -> {
                faults.sound().run();
                return unit.codec().encode(product);
            });
            return store.save(ingredients, inputs, unit.codec().summary(product), channel -> {
                try {
                    content.write(channel);
                } catch (RuntimeException | Error e) {
                    throw new Unreadable(e);
                }
            });
        } catch (Unreadable e) {
            throw blamed(unit, inputs, e.failure);
        }
    }

    /** What a component returned is still its own code while it is read. */
    private <T> T blamed(Unit<?> unit, List<String> inputs, Callable<T> step) throws Throwable {
        try {
            return step.call();
        } catch (CancelledException e) {
            throw e;
        } catch (Throwable e) {
            throw blamed(unit, inputs, e);
        }
    }

    private Throwable blamed(Unit<?> unit, List<String> inputs, Throwable failure) {
        return store.lost(inputs)
                .<Throwable>map(file -> new LostProductException(unit.name(), file, failure))
                .orElseGet(() -> faults.blame().apply(unit, failure));
    }

    /** As {@link Place#forget}. */
    public void forget(UnitName unit) {
        products.forget(unit);
    }

    @Override
    public void close() {
        products.close();
    }

    /** A product whose arrays cannot be read while they are written; a disk that is full is nobody's fault. */
    private static final class Unreadable extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final Throwable failure;

        Unreadable(Throwable failure) {
            super(failure);
            this.failure = failure;
        }
    }

    /** One attempt at a unit. */
    private static final class Work implements UnitContext, AutoCloseable {
        private final UnitName unit;
        private final int batch;
        private final Path unfinished;
        private final BooleanSupplier cancelled;
        private final Consumer<Progress> progress;
        private final Deque<AutoCloseable> owned = new ArrayDeque<>();
        private boolean asked;

        Work(UnitName unit, int batch, Path unfinished, BooleanSupplier cancelled, Consumer<Progress> progress) {
            this.unit = unit;
            this.batch = batch;
            this.unfinished = unfinished;
            this.cancelled = cancelled;
            this.progress = progress;
        }

        @Override
        public int batch() {
            asked = true;
            return batch;
        }

        @Override
        public void checkpoint() {
            if (cancelled.getAsBoolean()) {
                throw new CancelledException();
            }
        }

        @Override
        public void progress(long done, long total, Map<String, Double> figures) {
            progress.accept(new Progress.OfUnit(unit, done, total, figures));
        }

        @Override
        public Path unfinished() {
            return unfinished;
        }

        @Override
        public <T extends AutoCloseable> T own(T resource) {
            owned.push(resource);
            return resource;
        }

        @Override
        public void close() {
            Closing.all(owned);
        }
    }
}
