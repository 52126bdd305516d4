package org.obverse.plugins.spark;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.Serializable;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How an executor has an order performed: by a process that dies with the executor, whatever that dies of.
 *
 * @param command of a worker that performs what its input orders, and ends
 * @param directory where it works
 * @param environment beside the executor's
 */
record Worker(List<String> command, String directory, Map<String, String> environment) implements Serializable {
    /**
     * The first line of its input is the order, and when its input ends, so does the worker. TERM is handed on, and the worker's exit
     * code is its own.
     */
    private static final String GUARD = """
            worker=
            trap 'told=yes; [ -z "$worker" ] || kill -TERM "$worker"' TERM
            IFS= read -r order || exit 1
            exec 3<&0
            printf '%s\\n' "$order" | "$@" 3<&- &
            worker=$!
            [ -z "$told" ] || kill -TERM "$worker"
            { read -r end; kill -KILL "$worker"; } <&3 > /dev/null 2>&1 &
            guard=$!
            exec 3<&-
            wait "$worker"
            code=$?
            while kill -0 "$worker" 2> /dev/null; do
              wait "$worker"
              code=$?
            done
            kill "$guard" 2> /dev/null
            exit "$code"
            """;

    /** What a worker needs at most to answer that it is cancelled. */
    private static final long FAREWELL_SECONDS = 20;
    /** What is left to read of a process that ended. */
    private static final long REST_MILLIS = 2000;

    Worker {
        command = List.copyOf(command);
        environment = Map.copyOf(environment);
    }

    /** The same with further variables. */
    Worker with(Map<String, String> more) {
        return new Worker(
                command,
                directory,
                Stream.of(environment, more)
                        .flatMap(variables -> variables.entrySet().stream())
                        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, (before, later) -> later)));
    }

    /**
     * Performs an order.
     *
     * @param words hears each line of the worker, on another thread
     * @return its last line
     * @throws IOException if the worker cannot be begun, or ends with another exit code than 0
     * @throws InterruptedException when the thread is interrupted; the worker was told, and has ended
     */
    String perform(String order, Consumer<String> words) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(
                        Stream.concat(Stream.of("sh", "-c", GUARD, "worker"), command.stream())
                                .toList())
                .directory(new File(directory))
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().putAll(environment);
        Process process = builder.start();
        Said said = new Said(words);
        Thread reader = new Thread(() -> said.read(process), "worker-" + process.pid());
        reader.setDaemon(true);
        reader.start();
        try {
            Writer input = process.outputWriter(StandardCharsets.UTF_8);
            input.write(order + "\n");
            input.flush();
            process.waitFor();
            reader.join(REST_MILLIS);
        } catch (InterruptedException e) {
            // The process's own destroy would end its input, too.
            process.toHandle().destroy();
            process.waitFor(FAREWELL_SECONDS, TimeUnit.SECONDS);
            throw e;
        } finally {
            // Ends its input, and with it what is left of the worker.
            process.destroyForcibly();
        }
        if (process.exitValue() != 0) {
            throw new IOException("its worker ended with exit code " + process.exitValue()
                    + (said.last.isEmpty() ? "" : " and said last '" + said.last + "'"));
        }
        return said.last;
    }

    /** What a worker says. */
    private static final class Said {
        private final Consumer<String> words;
        private volatile String last = "";

        Said(Consumer<String> words) {
            this.words = words;
        }

        void read(Process process) {
            try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    last = line;
                    words.accept(line);
                }
            } catch (IOException e) {
                // It was ended, and with it its output.
                return;
            }
        }
    }
}
