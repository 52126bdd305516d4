package org.obverse.cli.estimate;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Scanner;

/** What was spent on the thread that asks. */
interface Stopwatch {
    /** Nanoseconds on a processor and waiting for one (Linux, Documentation/scheduler/sched-stats). */
    Path SCHEDULED = Path.of("/proc/thread-self/schedstat");

    double NANOS = 1e9;

    Spent now();

    /**
     * Of the system. Where it says how long the thread waited for a processor, all else counts, such as waiting for a disk; elsewhere what
     * the thread computed.
     */
    static Spent ofThread() {
        double wall = System.nanoTime() / NANOS;
        double own = Files.isReadable(SCHEDULED)
                ? wall - waited()
                : ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() / NANOS;
        return new Spent(wall, own);
    }

    private static double waited() {
        try (Scanner numbers = new Scanner(SCHEDULED, StandardCharsets.US_ASCII)) {
            numbers.nextLong();
            return numbers.nextLong() / NANOS;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read how long this thread waited for a processor", e);
        }
    }
}
