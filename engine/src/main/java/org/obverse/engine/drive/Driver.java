package org.obverse.engine.drive;

import com.google.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.obverse.api.event.RunFact;
import org.obverse.api.event.UnitName;
import org.obverse.api.place.Answer;
import org.obverse.api.place.Order;
import org.obverse.api.place.Place;
import org.obverse.engine.artifact.Leases;
import org.obverse.engine.artifact.RemoteStoreException;
import org.obverse.engine.graph.CancelledException;
import org.obverse.engine.graph.Ingredients;
import org.obverse.engine.graph.Provenance;
import org.obverse.engine.graph.RunGraph;
import org.obverse.engine.graph.Unit;
import org.obverse.engine.plugin.PluginFailedException;

/**
 * Walks a graph once: offers every unit whose inputs are there, on the bus, and records what becomes of it. A fact is
 * journalled, then folded, then told. What fails takes along only what depends on it.
 */
public final class Driver {
    /** How long nothing is looked after: whether the run is to end, and whether another driver has ended. */
    private static final Duration PATIENCE = Duration.ofMillis(250);

    private final RunGraph graph;
    private final Journal journal;
    private final ProductStore store;
    private final LiveRun run;
    private final Bus bus;
    private final Set<Place> places;
    private final Batches batches;
    private final AtomicBoolean cancelled;
    private final RunMachine machine;
    private final Mailbox mailbox;
    private final List<Throwable> failures = new ArrayList<>();
    private final Elsewhere elsewhere;
    private final Losses losses = new Losses();
    private int working;
    /** Told to the thread only at the end, because an interrupted thread cannot write the journal. */
    private boolean interrupted;

    /** With which batches a unit may be tried whose own is given, in this order. */
    @FunctionalInterface
    public interface Batches {
        List<Integer> of(int own);

        private List<Integer> of(Ingredients ingredients) {
            String own = ingredients.values().get(Ingredients.BATCH);
            return own == null ? List.of(1) : of(Integer.parseInt(own));
        }
    }

    /** How a run ended; {@code reasons} is empty if it is done. */
    public record Result(RunFact.Outcome outcome, List<Throwable> reasons) {}

    @Inject
    public Driver(
            RunGraph graph,
            Journal journal,
            ProductStore store,
            Leases leases,
            LiveRun run,
            Bus bus,
            Mailbox mailbox,
            Set<Place> places,
            Batches batches,
            AtomicBoolean cancelled) {
        this.graph = graph;
        this.journal = journal;
        this.store = store;
        this.run = run;
        this.bus = bus;
        this.mailbox = mailbox;
        this.places = places;
        this.batches = batches;
        this.cancelled = cancelled;
        this.machine = new RunMachine(graph);
        this.elsewhere = new Elsewhere(leases, machine, bus::show);
    }

    /**
     * Performs what is left of the run; no place works when this returns.
     *
     * @param finished what earlier attempts made, as their journal says it; told first
     */
    public Result drive(List<RunFact> finished) {
        try {
            places.forEach(bus::register);
            perform(finished);
            return end();
        } catch (ListenerFailedException | RemoteStoreException e) {
            failures.add(e instanceof ListenerFailedException deaf ? deaf.reason() : e);
            return end();
        } catch (InterruptedException e) {
            interrupted = true;
            cancelled.set(true);
            return end(RunFact.Outcome.INTERRUPTED, List.of(e));
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void perform(List<RunFact> finished) throws InterruptedException {
        try {
            run.plan(graph, machine);
            record(graph.planned());
            for (RunFact fact : finished) {
                machine.apply(fact);
                bus.tell(fact);
            }
            offerReady();
            while (working > 0 || !(elsewhere.isEmpty() || cancelled.get())) {
                Optional<Answer> answer = mailbox.take(PATIENCE);
                answer.ifPresent(this::settle);
                mailbox.progress().forEach(bus::show);
                if (elsewhere.recall() || answer.isPresent() || cancelled.get()) {
                    offerReady();
                }
            }
        } finally {
            awaitPlaces();
        }
    }

    private void offerReady() {
        if (cancelled.get()) {
            places.forEach(Place::cancel);
        }
        Optional<Unit<?>> next = machine.next();
        while (next.isPresent() && !cancelled.get() && (reuse(next.get()) || order(next.get()))) {
            next = machine.next();
        }
        if (next.isPresent() && working == 0 && elsewhere.isEmpty() && !cancelled.get()) {
            throw new IllegalStateException(
                    "no place takes unit " + next.get().name() + ", although nothing else is performed");
        }
    }

    private boolean reuse(Unit<?> unit) {
        String digest = machine.digest(unit);
        Optional<Provenance> stored = store.find(digest);
        stored.ifPresent(found -> {
            store.finish(digest);
            elsewhere.endWait(unit.name());
            record(new RunFact.Reused(unit.name(), digest, found.artifact(), found.summary()));
            forgetUnneeded();
        });
        return stored.isPresent();
    }

    /** Whether the unit needs no other place now: it was ordered, found, or is performed by another driver. */
    private boolean order(Unit<?> unit) {
        String digest = machine.digest(unit);
        if (elsewhere.performs(unit, digest)) {
            return true;
        }
        // Another driver may have ended between the look into the store and the lease.
        Optional<Place> place = reuse(unit) ? Optional.empty() : bus.ask(unit);
        place.ifPresentOrElse(claiming -> order(unit, digest, claiming), () -> elsewhere.release(digest));
        return place.isPresent() || machine.result(unit.name()).isPresent();
    }

    private void order(Unit<?> unit, String digest, Place place) {
        elsewhere.endWait(unit.name());
        record(new RunFact.Offered(unit.name()));
        working++;
        List<Integer> tried = batches.of(unit.ingredients());
        place.perform(
                new Order(run.name(), unit.name(), digest, machine.inputs(unit), tried), mailbox::put, mailbox::put);
    }

    private void settle(Answer answer) {
        working--;
        elsewhere.release(machine.digest(graph.unit(answer.unit())));
        if (answer instanceof Answer.Made made && store.holds(made.digest(), made.artifact())) {
            record(new RunFact.Completed(made.unit(), made.digest(), made.artifact(), made.summary()));
        } else if (answer instanceof Answer.Made made) {
            lose(new Answer.Lost(made.unit(), "its place told of an artifact that is not in the store"));
        } else if (answer instanceof Answer.Lost lost && !cancelled.get()) {
            lose(lost);
        } else if (answer instanceof Answer.Threw threw && !(threw.failure() instanceof CancelledException)) {
            fail(threw.unit(), threw.failure());
        }
        forgetUnneeded();
    }

    private void lose(Answer.Lost lost) {
        losses.count(lost)
                .ifPresentOrElse(
                        often -> fail(lost.unit(), often), () -> record(new RunFact.Lost(lost.unit(), lost.reason())));
    }

    private void fail(UnitName unit, Throwable failure) {
        failures.add(failure);
        record(new RunFact.Failed(unit, PluginFailedException.words(failure)));
    }

    private void forgetUnneeded() {
        machine.unneeded().forEach(unit -> places.forEach(place -> place.forget(unit)));
    }

    private void record(RunFact fact) {
        journal.append(fact);
        machine.apply(fact);
        bus.tell(fact);
    }

    /** However it ends, no place works: what they compute with is closed next. */
    private void awaitPlaces() {
        while (working > 0) {
            cancelled.set(true);
            try {
                places.forEach(Place::cancel);
                working -= mailbox.take(PATIENCE).isPresent() ? 1 : 0;
                mailbox.progress();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
    }

    private Result end() {
        if (!failures.isEmpty() || !machine.isDone()) {
            return failures.isEmpty()
                    ? end(RunFact.Outcome.INTERRUPTED, List.of(new CancelledException()))
                    : end(RunFact.Outcome.FAILED, failures);
        }
        Result done = end(RunFact.Outcome.DONE, List.of());
        return bus.failed()
                .map(deaf -> new Result(RunFact.Outcome.FAILED, List.of(deaf.reason())))
                .orElse(done);
    }

    private Result end(RunFact.Outcome outcome, List<Throwable> reasons) {
        String reason = reasons.isEmpty() ? "" : String.valueOf(reasons.get(0).getMessage());
        RunFact.Ended ended = new RunFact.Ended(outcome, reason);
        journal.append(ended);
        bus.end(ended);
        return new Result(outcome, List.copyOf(reasons));
    }
}
