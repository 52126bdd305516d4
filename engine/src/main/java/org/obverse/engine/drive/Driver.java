package org.obverse.engine.drive;

import com.google.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.obverse.api.event.RunFact;
import org.obverse.api.event.RunFact.Outcome;
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
    private int working;
    /** Told to the thread only at the end, because an interrupted thread cannot write the journal. */
    private boolean interrupted;

    /** With which batches a unit may be tried whose own is given, in this order. */
    @FunctionalInterface
    public interface Batches {
        List<Integer> of(int own);
    }

    /** How a run ended; {@code reasons} is empty if it is done. */
    public record Result(Outcome outcome, List<Throwable> reasons) {}

    @Inject
    public Driver(
            RunGraph graph,
            Journal journal,
            ProductStore store,
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
        } catch (ListenerFailedException e) {
            failures.add(e.reason());
            return end();
        } catch (InterruptedException e) {
            interrupted = true;
            cancelled.set(true);
            return end(Outcome.INTERRUPTED, List.of(e));
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
            while (working > 0) {
                mailbox.take().ifPresent(this::settle);
                mailbox.progress().forEach(bus::show);
                offerReady();
            }
        } finally {
            awaitPlaces();
        }
    }

    private void offerReady() {
        Optional<Unit<?>> next = machine.next();
        boolean taken = true;
        while (next.isPresent() && taken && !cancelled.get()) {
            taken = reuse(next.get()) || order(next.get());
            next = machine.next();
        }
    }

    private boolean reuse(Unit<?> unit) {
        String digest = unit.ingredients().digest(machine.inputs(unit));
        Optional<Provenance> stored = store.find(digest);
        stored.ifPresent(found -> {
            store.finish(digest);
            record(new RunFact.Reused(unit.name(), digest, found.artifact(), found.summary()));
            forgetUnneeded();
        });
        return stored.isPresent();
    }

    private boolean order(Unit<?> unit) {
        Offer offer = new Offer(unit);
        bus.ask(offer);
        offer.claimed().ifPresent(place -> {
            record(new RunFact.Offered(unit.name()));
            working++;
            place.perform(
                    new Order(run.name(), unit.name(), machine.inputs(unit), batches(unit)),
                    mailbox::put,
                    mailbox::put);
        });
        return offer.claimed().isPresent();
    }

    private List<Integer> batches(Unit<?> unit) {
        String own = unit.ingredients().values().get(Ingredients.BATCH);
        return own == null ? List.of(1) : batches.of(Integer.parseInt(own));
    }

    private void settle(Answer answer) {
        working--;
        if (answer instanceof Answer.Made made) {
            record(new RunFact.Completed(made.unit(), made.digest(), made.artifact(), made.summary()));
        } else if (answer instanceof Answer.Threw threw && !(threw.failure() instanceof CancelledException)) {
            failures.add(threw.failure());
            record(new RunFact.Failed(threw.unit(), PluginFailedException.words(threw.failure())));
        }
        forgetUnneeded();
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
                if (mailbox.take().isPresent()) {
                    working--;
                }
                mailbox.progress();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
    }

    private Result end() {
        if (!failures.isEmpty()) {
            return end(Outcome.FAILED, failures);
        }
        if (!machine.isDone()) {
            return end(Outcome.INTERRUPTED, List.of(new CancelledException()));
        }
        Result done = end(Outcome.DONE, List.of());
        return bus.failed()
                .map(deaf -> new Result(Outcome.FAILED, List.of(deaf.reason())))
                .orElse(done);
    }

    private Result end(Outcome outcome, List<Throwable> reasons) {
        String reason = reasons.isEmpty() ? "" : String.valueOf(reasons.get(0).getMessage());
        RunFact.Ended ended = new RunFact.Ended(outcome, reason);
        journal.append(ended);
        bus.end(ended);
        return new Result(outcome, List.copyOf(reasons));
    }
}
