package org.obverse.engine.product;

import java.io.IOException;
import java.io.UncheckedIOException;

/** A training cannot be kept or read on the disk, which is the fault of no component. */
public final class EpochFileException extends UncheckedIOException {
    private static final long serialVersionUID = 1L;

    EpochFileException(String message, IOException cause) {
        super(message, cause);
    }
}
