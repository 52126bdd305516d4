package org.obverse.engine.trial;

/** How the work on a unit ended. */
public sealed interface Ended {
    /** Its product is stored. */
    record Finished() implements Ended {}

    /** Its watch wanted no more. */
    record CutShort() implements Ended {}

    /**
     * It broke off by itself.
     *
     * @param reason in words
     */
    record Failed(String reason) implements Ended {}
}
