package org.obverse.plugins.slurm;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.obverse.api.plugin.Problem;

/** What the cluster is asked, by its own commands. None of them is waited for longer than a minute. */
final class Queue {
    private static final long PATIENCE_SECONDS = 60;
    /** The name, the index within the array, the array's number. */
    private static final String COLUMNS = "%j|%K|%F";

    private Queue() {}

    /** A job that waits, is at work, or is ending. */
    record Listed(String name, int index) {}

    /** What keeps this machine from submitting jobs. */
    static List<Problem> problems() {
        try {
            ask(List.of("sbatch", "--version"));
            return List.of();
        } catch (IOException e) {
            return List.of(new Problem(
                    "",
                    "slurm submits jobs, and there is no sbatch here (" + e.getMessage() + ")",
                    "run this on a node that submits jobs, or name another place, such as processes"));
        }
    }

    /**
     * Puts an array into the queue.
     *
     * @throws IOException if sbatch is not there, or with what it says
     */
    static void submit(Path script) throws IOException {
        ask(List.of("sbatch", "--parsable", script.toString()));
    }

    /**
     * This user's jobs, each with the number that people and {@code sacct} know it by.
     *
     * @throws IOException if the cluster cannot say
     */
    static Map<Listed, String> listed() throws IOException {
        Map<Listed, String> listed = new HashMap<>();
        for (String line : ask(List.of("squeue", "--me", "--noheader", "--array", "--format=" + COLUMNS))
                .lines()
                .toList()) {
            String[] columns = line.strip().split("\\|", -1);
            if (columns.length == 3 && columns[1].matches("\\d+")) {
                listed.put(new Listed(columns[0], Integer.parseInt(columns[1])), columns[2] + "_" + columns[1]);
            }
        }
        return listed;
    }

    /**
     * Takes all jobs of an array out of the queue; those at work are told by TERM.
     *
     * @throws IOException if the cluster cannot be told
     */
    static void end(String name) throws IOException {
        ask(List.of("scancel", "--name=" + name));
    }

    private static String ask(List<String> command) throws IOException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try {
            process.getOutputStream().close();
            List<String> said = new ArrayList<>();
            Thread reader = new Thread(() -> read(process, said), command.get(0));
            reader.setDaemon(true);
            reader.start();
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IOException(command.get(0) + " does not answer");
            }
            reader.join();
            String answer = String.join("", said);
            if (process.exitValue() != 0) {
                throw new IOException(command.get(0) + " ended with " + process.exitValue() + ": " + answer.strip());
            }
            return answer;
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IOException(command.get(0) + " was interrupted", e);
        }
    }

    private static void read(Process process, List<String> said) {
        try {
            said.add(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            said.add(" (its output cannot be read: " + e.getMessage() + ")");
        }
    }
}
