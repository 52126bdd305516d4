package org.obverse.engine.drive;

import com.google.common.eventbus.EventBus;
import com.google.common.eventbus.Subscribe;
import java.util.Optional;
import org.obverse.api.event.Progress;
import org.obverse.api.event.RunFact;
import org.obverse.api.event.RunListener;
import org.obverse.api.event.RunView;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Guava's EventBus with the promises that it lacks: it is confined to the thread that made it, nothing is queued behind
 * a running subscriber, an Error does not skip the other listeners, and a listener's failure reaches the publisher and
 * stays until the run ends.
 */
public final class Bus {
    private static final Logger LOG = LoggerFactory.getLogger(Bus.class);

    private final Thread owner = Thread.currentThread();
    private final EventBus bus =
            new EventBus((failure, context) -> remember(context.getSubscriber().toString(), failure));
    private final RunView run;
    private Optional<ListenerFailedException> failed = Optional.empty();
    private boolean dispatching;

    /**
     * @param run the view that listeners are lent
     */
    public Bus(RunView run) {
        this.run = run;
    }

    /** Registers someone whose failure fails the run. */
    public void register(String name, RunListener listener) {
        bus.register(new Ear(name, listener, run, this::remember));
    }

    /** Registers someone whose failure is only logged, such as a display. */
    public void registerBestEffort(String name, RunListener listener) {
        bus.register(new Ear(name, listener, run, (who, failure) -> LOG.warn("listener {} failed", who, failure)));
    }

    /** Registers a place, which hears every offer. */
    void register(Place place) {
        bus.register(new Claimant(place));
    }

    /** Asks where a unit is performed. */
    void ask(Offer offer) {
        deliver(offer);
        throwIfFailed();
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

    /** Lets a listener, which knows no bus, listen to one. */
    private record Ear(String name, RunListener listener, RunView run, FailureListener failures) {
        @Subscribe
        void hear(RunFact fact) {
            try {
                if (fact instanceof RunFact.Planned e) {
                    listener.planned(e, run);
                } else if (fact instanceof RunFact.Offered e) {
                    listener.offered(e, run);
                } else if (fact instanceof RunFact.Completed e) {
                    listener.completed(e, run);
                } else if (fact instanceof RunFact.Reused e) {
                    listener.reused(e, run);
                } else if (fact instanceof RunFact.Failed e) {
                    listener.failed(e, run);
                } else if (fact instanceof RunFact.Ended e) {
                    listener.ended(e, run);
                }
            } catch (Throwable failure) {
                failures.failed(name, failure);
            }
        }

        @Subscribe
        void hear(Progress progress) {
            try {
                listener.progressed(progress, run);
            } catch (Throwable failure) {
                failures.failed(name, failure);
            }
        }
    }

    private record Claimant(Place place) {
        @Subscribe
        void hear(Offer offer) {
            place.consider(offer);
        }
    }

    @FunctionalInterface
    private interface FailureListener {
        void failed(String listener, Throwable failure);
    }
}
