package org.obverse.engine.drive;

import org.obverse.engine.plugin.PluginFailedException;

/** A listener that the run depends on threw. */
final class ListenerFailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ListenerFailedException(String listener, Throwable failure) {
        super(listener + " failed: " + PluginFailedException.words(failure), failure);
    }

    /** What the run ends with: a plugin's failure says more than who heard of it. */
    Throwable reason() {
        return getCause() instanceof PluginFailedException plugin ? plugin : this;
    }
}
