package org.obverse.engine.artifact;

import java.io.IOException;
import java.io.UncheckedIOException;

/** The store that runs on several machines share does not do what it is asked. What was made is here nevertheless, and is put there later. */
public final class RemoteStoreException extends UncheckedIOException {
    private static final long serialVersionUID = 1L;

    RemoteStoreException(String message, IOException cause) {
        super(message, cause);
    }
}
