package org.obverse.cli.estimate;

/** What one unit costs. */
sealed interface Cost {
    /**
     * It was tried.
     *
     * @param each with as many at once as the study has workers
     * @param once what the first one takes more, with which the code warms up
     * @param memory the process's peak meanwhile, in MiB; 0 where that is not known
     * @param bytes of its product on the disk
     */
    record Known(Spent each, Spent once, long memory, long bytes) implements Cost {
        /** Seconds in a process that performs nothing else. */
        double alone() {
            return each.wall() + once.wall();
        }
    }

    /**
     * Nothing can be said.
     *
     * @param reason behind "not timed: "
     */
    record Unknown(String reason) implements Cost {}
}
