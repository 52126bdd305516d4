package org.obverse.engine.run;

import com.google.common.eventbus.EventBus;
import com.google.common.eventbus.Subscribe;
import java.util.Optional;
import org.obverse.api.event.Observer;
import org.obverse.api.event.RunEvent;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Guava's EventBus with the promises that it lacks: it is confined to the thread that made it, nothing is queued behind
 * a running subscriber, an Error does not skip the other listeners, and a subscriber's failure reaches the publisher and
 * stays until the run ends.
 */
final class EventSpine {
    private static final Logger LOG = LoggerFactory.getLogger(EventSpine.class);

    private final Thread owner = Thread.currentThread();
    private final EventBus bus =
            new EventBus((failure, context) -> remember(context.getSubscriber().toString(), failure));
    private Optional<SubscriberFailedException> failed = Optional.empty();
    private boolean dispatching;

    void register(Bay bay) {
        bus.register(bay);
    }

    /** Registers someone whose failure fails the run. */
    void register(String name, Observer observer) {
        bus.register(new Ear(name, observer, this::remember));
    }

    /** Registers someone whose failure is only logged, such as a display. */
    void registerBestEffort(String name, Observer observer) {
        bus.register(new Ear(name, observer, (who, failure) -> LOG.warn("observer {} failed", who, failure)));
    }

    /** Asks who performs a unit. */
    void publish(UnitCall call) {
        deliver(call);
        throwIfFailed();
    }

    /**
     * @throws SubscriberFailedException also for an earlier failure
     */
    void publish(RunEvent event) {
        deliver(event);
        throwIfFailed();
    }

    /** The last word of a run: told to all who still listen, whatever failed before. */
    void farewell(RunEvent event) {
        deliver(event);
    }

    /** The first failure of a subscriber so far. */
    Optional<SubscriberFailedException> failed() {
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

    private void remember(String subscriber, Throwable failure) {
        SubscriberFailedException next = new SubscriberFailedException(subscriber, failure);
        failed.ifPresentOrElse(first -> first.addSuppressed(next), () -> failed = Optional.of(next));
    }

    /** Lets an observer, which knows no bus, listen to one. */
    private record Ear(String name, Observer observer, FailureListener failures) {
        @Subscribe
        void hear(RunEvent event) {
            try {
                observer.observe(event);
            } catch (Throwable failure) {
                failures.failed(name, failure);
            }
        }
    }

    @FunctionalInterface
    private interface FailureListener {
        void failed(String subscriber, Throwable failure);
    }
}
