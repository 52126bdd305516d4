package org.obverse.cli;

import java.io.IOException;

/** The native engine did not start. */
final class DeviceException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    DeviceException(Throwable cause) {
        super("the native engine does not start: " + cause.getMessage() + wayOut(cause), cause);
    }

    /** Its library is unpacked once, into a folder that may be one that nobody writes to. */
    private static String wayOut(Throwable cause) {
        Throwable reason = cause.getCause();
        return reason instanceof IOException
                ? " (" + reason + "); ENGINE_CACHE_DIR names a folder that can be written, for 448 MB"
                : "";
    }
}
