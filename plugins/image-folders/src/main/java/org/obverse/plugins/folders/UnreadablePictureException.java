package org.obverse.plugins.folders;

/** Why a file is no picture that can be used; the file is named by whoever opened it. */
final class UnreadablePictureException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String wayOut;

    /**
     * @param message what is wrong, as the rest of a sentence about the file
     * @param wayOut what to do
     */
    UnreadablePictureException(String message, String wayOut) {
        super(message);
        this.wayOut = wayOut;
    }

    String wayOut() {
        return wayOut;
    }
}
