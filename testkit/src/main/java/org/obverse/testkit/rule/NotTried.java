package org.obverse.testkit.rule;

/** A rule could not be tried, because something that another rule speaks of went wrong first. */
final class NotTried extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * @param reason what went wrong, and which rule says more
     */
    NotTried(String reason) {
        super(reason);
    }

    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
