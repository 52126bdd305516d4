package org.obverse.cli.estimate;

import java.lang.management.ManagementFactory;

/** What was spent on the thread that asks. */
interface Stopwatch {
    Spent now();

    /** Of the system; a thread's own time counts where one thread does all of a worker's work. */
    static Spent ofThread() {
        return new Spent(
                System.nanoTime() / 1e9, ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() / 1e9);
    }
}
