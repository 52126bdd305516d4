package org.obverse.engine.run;

import org.obverse.engine.plugin.PluginFailedException;

/** A subscriber threw while a fact was told; the run ends as failed. */
final class SubscriberFailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** What the run ends with: a plugin's failure says more than who heard of it. */
    Throwable reason() {
        return getCause() instanceof PluginFailedException plugin ? plugin : this;
    }

    SubscriberFailedException(String subscriber, Throwable failure) {
        super(subscriber + " failed: " + PluginFailedException.words(failure), failure);
    }
}
