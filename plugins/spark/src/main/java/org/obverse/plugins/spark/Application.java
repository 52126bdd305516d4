package org.obverse.plugins.spark;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.obverse.plugins.spark.Lines.Asked;
import org.obverse.plugins.spark.Lines.Told;

/** The process of an application: the place's side of what {@link Lines} says. */
final class Application {
    /** What it needs at most to end its tasks and itself. */
    private static final long FAREWELL_SECONDS = 40;
    /** What is left to read of a process that ended. */
    private static final long REST_MILLIS = 2000;

    private final Process process;
    private final BlockingQueue<Optional<Asked>> asked = new LinkedBlockingQueue<>();
    private final Thread writer;
    private final Thread watcher;

    private Application(Process process, Consumer<Told> told, Runnable ended) {
        this.process = process;
        Thread reader = begin("read", () -> read(told));
        this.writer = begin("write", this::write);
        this.watcher = begin("watch", () -> {
            try {
                process.waitFor();
                reader.join(REST_MILLIS);
                end();
                ended.run();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    /**
     * Begins it.
     *
     * @param log where Spark writes what is for people; it is added to
     * @param told hears what the application tells, until it ends
     * @param ended is run once, when nothing more is told
     * @throws IOException if there is no process to be had
     */
    static Application begin(List<String> command, Path log, Consumer<Told> told, Runnable ended) throws IOException {
        return new Application(
                new ProcessBuilder(command)
                        .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
                        .start(),
                told,
                ended);
    }

    private Thread begin(String what, Runnable work) {
        Thread thread = new Thread(work, "spark-" + process.pid() + "-" + what);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    /** Has an order performed. An application that cannot be written to has ended, which is told. */
    void ask(Asked order) {
        asked.add(Optional.of(order));
    }

    /** Ends all its tasks, and then itself. */
    void end() {
        asked.add(Optional.empty());
    }

    /** Waits until it has ended. */
    void awaitEnd() {
        try {
            if (!process.waitFor(FAREWELL_SECONDS, TimeUnit.SECONDS)) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
            }
            watcher.join();
            writer.join();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    /** Its exit code; it has ended. */
    int code() {
        return process.exitValue();
    }

    private void write() {
        try (Writer orders = process.outputWriter(StandardCharsets.UTF_8)) {
            for (Optional<Asked> next = asked.take(); next.isPresent(); next = asked.take()) {
                orders.write(Lines.write(next.get()) + "\n");
                orders.flush();
            }
        } catch (IOException e) {
            // It has ended, which the watcher tells.
            return;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void read(Consumer<Told> told) {
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                Lines.told(line).ifPresent(told);
            }
        } catch (IOException e) {
            process.destroyForcibly();
        }
    }
}
