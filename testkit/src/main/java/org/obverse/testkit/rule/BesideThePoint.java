package org.obverse.testkit.rule;

/** A rule says nothing about a component. */
final class BesideThePoint extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * @param reason why not
     */
    BesideThePoint(String reason) {
        super(reason);
    }

    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
