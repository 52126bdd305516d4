package org.obverse.engine.run;

/** A subscriber threw while a fact was told; the run ends as failed. */
final class SubscriberFailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    SubscriberFailedException(String subscriber, Throwable failure) {
        super(subscriber + " failed: " + failure, failure);
    }
}
