package org.obverse.cli;

/** The native engine did not start. */
final class DeviceException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    DeviceException(Throwable cause) {
        super("the native engine does not start: " + String.valueOf(cause.getMessage()), cause);
    }
}
