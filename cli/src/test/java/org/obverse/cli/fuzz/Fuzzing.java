package org.obverse.cli.fuzz;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.obverse.api.plugin.InvalidConfigurationException;
import org.obverse.api.plugin.Problem;

/**
 * Gives changed files to who reads them. Each case is read or refused, in problems with a subject and a rule; any other exception, more
 * than {@value #SECONDS} seconds or more memory than allowed is a finding, whose bytes are kept in {@code target/fuzz}.
 *
 * @param name of the findings' files
 * @param seeds what is changed
 * @param words that mean something to the reader
 * @param cases how many there are at least; more until the minutes of the system property {@code obverse.fuzz} are over, if it is set
 * @param bytes that a case may allocate on the heap
 */
record Fuzzing(String name, List<byte[]> seeds, List<String> words, int cases, long bytes) {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final int SECONDS = 10;
    /** Until a case counts as one that never ends, on a machine that is busy. */
    private static final int PATIENCE = 100;

    private static final int ENOUGH = 10;
    private static final long LONG = TimeUnit.MINUTES.toNanos(Integer.getInteger("obverse.fuzz", 0));
    private static final PrintStream OUT = new PrintStream(System.out, true, StandardCharsets.UTF_8);

    Fuzzing {
        seeds = List.copyOf(seeds);
        words = List.copyOf(words);
    }

    /** Reads a file. */
    @FunctionalInterface
    interface Reader {
        /**
         * @throws InvalidConfigurationException if it refuses the file
         */
        void read(byte[] changed) throws Exception;
    }

    /** What became of the cases. */
    record Counts(int read, int refused) {
        /** So that no test passes because everything was refused at the door, or nothing was changed. */
        void requireBoth() {
            assertTrue(read > 0 && refused > 0, toString());
        }
    }

    /**
     * @throws AssertionError with all findings, but no more than {@value #ENOUGH}
     */
    Counts of(Reader reader) {
        Mutation mutation = new Mutation(words);
        List<AssertionError> findings = new ArrayList<>();
        int refused = 0;
        long begun = System.nanoTime();
        int number = 0;
        ExecutorService thread = Executors.newSingleThreadExecutor(work -> {
            Thread daemon = new Thread(work, "fuzzing " + name);
            daemon.setDaemon(true);
            return daemon;
        });
        try {
            for (; (number < cases || System.nanoTime() - begun < LONG) && findings.size() < ENOUGH; number++) {
                byte[] changed = mutation.of(seeds.get(number % seeds.size()), new SplittableRandom(number));
                try {
                    refused += thread.submit(() -> isRefused(reader, changed)).get(PATIENCE, TimeUnit.SECONDS) ? 1 : 0;
                } catch (ExecutionException | TimeoutException e) {
                    Optional<Throwable> cause = Optional.ofNullable(e.getCause());
                    findings.add(finding(number, changed, cause.orElse(e)));
                    if (cause.isEmpty()) {
                        break;
                    }
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            thread.shutdownNow();
        }
        if (!findings.isEmpty()) {
            AssertionError failure = new AssertionError(findings.size() + " findings");
            findings.forEach(failure::addSuppressed);
            throw failure;
        }
        Counts counts = new Counts(number - refused, refused);
        OUT.println(name + " in " + Duration.ofNanos(System.nanoTime() - begun) + ": " + counts);
        return counts;
    }

    private boolean isRefused(Reader reader, byte[] changed) throws Exception {
        long before = THREADS.getCurrentThreadAllocatedBytes();
        long begun = THREADS.getCurrentThreadCpuTime();
        boolean refused = false;
        try {
            reader.read(changed);
        } catch (InvalidConfigurationException refusal) {
            refused = true;
            refusal.problems().forEach(Fuzzing::requireWords);
        }
        long taken = THREADS.getCurrentThreadAllocatedBytes() - before;
        assertTrue(taken <= bytes, () -> "it took " + taken + " bytes of memory");
        long seconds = TimeUnit.NANOSECONDS.toSeconds(THREADS.getCurrentThreadCpuTime() - begun);
        assertTrue(seconds < SECONDS, () -> "it took " + seconds + " seconds");
        return refused;
    }

    private static void requireWords(Problem problem) {
        if (problem.path().isBlank()
                || problem.message().isBlank()
                || problem.message().contains("Pointer")) {
            fail("this is no problem in words: " + problem);
        }
    }

    private AssertionError finding(int number, byte[] changed, Throwable what) {
        Path file = Path.of("target/fuzz", name + "-" + number);
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.write(file, changed);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new AssertionError("case " + number + " of " + seeds.size() + " seeds, kept as " + file, what);
    }
}
