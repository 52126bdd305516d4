package org.obverse.engine.drive;

import com.google.common.eventbus.EventBus;
import com.google.common.eventbus.Subscribe;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.obverse.api.event.Progress;
import org.obverse.api.event.RunFact;
import org.obverse.api.event.RunListener;
import org.obverse.api.event.RunView;
import org.obverse.api.place.Place;
import org.obverse.engine.graph.Unit;
import org.obverse.engine.listen.Aside;
import org.obverse.engine.listen.Awaited;
import org.obverse.engine.listen.Patience;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Guava's EventBus with the promises that it lacks: it is confined to the thread that made it, nothing is queued behind
 * a running subscriber, an Error does not skip the other listeners, and a listener's failure reaches the publisher and
 * stays until the run ends. A best-effort listener hears on a thread of its own, which delays nobody.
 */
public final class Bus implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Bus.class);

    private final Thread owner = Thread.currentThread();
    private final EventBus bus =
            new EventBus((failure, context) -> remember(context.getSubscriber().toString(), failure));
    private final RunView run;
    private final Patience patience;
    private final Consumer<String> words;
    private final Awaited awaited;
    private final List<Aside> asides = new ArrayList<>();
    private Optional<ListenerFailedException> failed = Optional.empty();
    private boolean dispatching;

    /**
     * @param run the view that listeners are lent, from any thread
     */
    public Bus(RunView run) {
        this(run, Patience.DEFAULT, LOG::warn);
    }

    /**
     * @param words what the user is told of slow listeners
     */
    Bus(RunView run, Patience patience, Consumer<String> words) {
        this.run = run;
        this.patience = patience;
        this.words = words;
        this.awaited = new Awaited(patience.silence(), words);
    }

    /** Registers someone whose failure fails the run, which waits for him and says so when that takes long. */
    public void register(String name, RunListener listener) {
        Ear ear = new Ear(name, listener, run, this::remember);
        bus.register(new Waiting(ear, awaited));
    }

    /** Registers someone whose failure is only logged, such as a display, and who is told on a thread of his own. */
    public void registerBestEffort(String name, RunListener listener) {
        Ear ear = new Ear(name, listener, run, (who, failure) -> LOG.warn("listener {} failed", who, failure));
        Aside aside = new Aside(name, ear::hear, patience, words);
        asides.add(aside);
        bus.register(new Relay(aside));
    }

    /** Registers a place, which hears every offer. */
    void register(Place place) {
        bus.register(new Claimant(place));
    }

    /** Asks who performs a unit; nobody if all places are busy. */
    Optional<Place> ask(Unit<?> unit) {
        PostedOffer offer = new PostedOffer(unit);
        deliver(offer);
        throwIfFailed();
        return offer.claimed();
    }

    /**
     * @throws ListenerFailedException also for an earlier failure
     */
    void tell(RunFact fact) {
        deliver(fact);
        throwIfFailed();
    }

    /** Shows how far something has come. */
    public void show(Progress progress) {
        deliver(progress);
    }

    /** The last word of a run: told to all who still listen, whatever failed before. */
    public void end(RunFact.Ended fact) {
        deliver(fact);
    }

    /** Returns when all who listen have heard all, or were given up. */
    @Override
    public void close() {
        asides.forEach(Aside::close);
        awaited.close();
    }

    /** The first failure of a listener so far. */
    Optional<ListenerFailedException> failed() {
        return failed;
    }

    private void throwIfFailed() {
        failed.ifPresent(failure -> {
            throw failure;
        });
    }

    private void deliver(Object message) {
        if (Thread.currentThread() != owner) {
            throw new IllegalStateException(
                    "%s was published off the run's thread '%s'".formatted(message, owner.getName()));
        }
        if (dispatching) {
            throw new IllegalStateException(
                    "a subscriber tried to publish %s; subscribers only listen".formatted(message));
        }
        dispatching = true;
        try {
            bus.post(message);
        } finally {
            dispatching = false;
        }
    }

    private void remember(String listener, Throwable failure) {
        ListenerFailedException next = new ListenerFailedException(listener, failure);
        failed.ifPresentOrElse(first -> first.addSuppressed(next), () -> failed = Optional.of(next));
    }

    /** Lets a listener, which knows no bus, hear messages. */
    private record Ear(String name, RunListener listener, RunView run, FailureListener failures) {
        void hear(Object message) {
            try {
                if (message instanceof RunFact.Planned e) {
                    listener.planned(e, run);
                } else if (message instanceof RunFact.Offered e) {
                    listener.offered(e, run);
                } else if (message instanceof RunFact.Completed e) {
                    listener.completed(e, run);
                } else if (message instanceof RunFact.Reused e) {
                    listener.reused(e, run);
                } else if (message instanceof RunFact.Lost e) {
                    listener.lost(e, run);
                } else if (message instanceof RunFact.Failed e) {
                    listener.failed(e, run);
                } else if (message instanceof RunFact.Ended e) {
                    listener.ended(e, run);
                } else if (message instanceof Progress e) {
                    listener.progressed(e, run);
                }
            } catch (Throwable failure) {
                failures.failed(name, failure);
            }
        }
    }

    private record Waiting(Ear ear, Awaited awaited) {
        @Subscribe
        void hear(RunFact fact) {
            awaited.call(ear.name(), () -> ear.hear(fact));
        }

        @Subscribe
        void hear(Progress progress) {
            awaited.call(ear.name(), () -> ear.hear(progress));
        }
    }

    private record Relay(Aside aside) {
        @Subscribe
        void hear(RunFact fact) {
            aside.tell(fact);
        }

        @Subscribe
        void hear(Progress progress) {
            aside.tell(progress);
        }
    }

    private record Claimant(Place place) {
        @Subscribe
        void hear(PostedOffer offer) {
            place.consider(offer);
        }
    }

    @FunctionalInterface
    private interface FailureListener {
        void failed(String listener, Throwable failure);
    }
}
