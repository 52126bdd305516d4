package org.obverse.engine.study;

/** What a worker in another process says of a failure; its error stream has the rest. */
public final class WorkerFailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    WorkerFailedException(String message) {
        super(message);
    }
}
