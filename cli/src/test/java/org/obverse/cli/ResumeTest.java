package org.obverse.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.obverse.engine.run.Runs;

/** A run in a process of its own, which is killed without a chance to tidy up. */
final class ResumeTest {
    @TempDir
    private static Path whole = Path.of("");

    private static Map<String, String> uninterrupted = Map.of();

    @TempDir
    private Path folder = Path.of("");

    @BeforeAll
    static void run_without_interruption() {
        Invocation run = Invocation.of("run", Invocation.tinyPlan(whole), "--runs", whole.resolve("runs"));
        assertEquals(0, run.code(), run.err());
        uninterrupted = Runs.finished(whole.resolve("runs/tiny"));
    }

    /** After {@code sample}, the first batch of classes is being optimized; after {@code optimize/0}, the second. */
    @ParameterizedTest
    @ValueSource(strings = {"target", "sample", "optimize/0"})
    void a_killed_run_goes_on_to_the_same_artifacts_without_repeating_a_finished_unit(String last)
            throws IOException, InterruptedException {
        Process child = begin(folder);
        await(child, last + " done in ");
        child.destroyForcibly().waitFor();
        Set<String> kept = Runs.finished(folder.resolve("runs/tiny")).keySet();
        long before = lines(folder).size();

        Invocation resumed = Invocation.of("resume", "tiny", "--runs", folder.resolve("runs"));

        assertEquals(0, resumed.code(), resumed.err());
        assertTrue(kept.contains(last) && !kept.contains("gallery"), () -> "killed too late: " + kept);
        assertEquals(uninterrupted, Runs.finished(folder.resolve("runs/tiny")));
        Set<String> repeated = new HashSet<>(kept);
        repeated.removeIf(unit -> lines(folder).stream()
                .skip(before)
                .noneMatch(line -> line.contains("\"requested\"") && line.contains("\"" + unit + "\"")));
        assertEquals(Set.of(), repeated);
    }

    @Test
    void a_run_that_another_process_works_on_is_left_alone() throws IOException, InterruptedException {
        Process child = begin(folder);
        try {
            await(child, "data done in ");
            signal(child, "STOP");

            Invocation refused = Invocation.of("resume", "tiny", "--runs", folder.resolve("runs"));

            assertEquals(2, refused.code());
            assertTrue(refused.err().contains("another process is working in this run directory"), refused.err());
        } finally {
            child.destroyForcibly().waitFor();
        }
    }

    @Test
    void an_interrupted_run_says_how_to_go_on() throws IOException, InterruptedException {
        Process child = begin(folder);
        await(child, "data done in ");
        signal(child, "INT");

        assertTrue(child.waitFor(60, TimeUnit.SECONDS));

        assertEquals(130, child.exitValue());
        String said = new String(child.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(said.contains("Go on with: obverse resume tiny --runs "), said);
        assertTrue(String.join("\n", lines(folder)).contains("INTERRUPTED"));
    }

    /** {@code env} gives the child a SIGINT that works, which a build that was started in the background does not pass on. */
    private static Process begin(Path folder) throws IOException {
        return new ProcessBuilder(
                        "env",
                        "--default-signal=INT",
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx1g",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        Main.class.getName(),
                        "run",
                        Invocation.tinyPlan(folder).toString(),
                        "--runs",
                        folder.resolve("runs").toString())
                .start();
    }

    /** Reads what the child says until it says this. */
    private static void await(Process child, String said) throws IOException {
        BufferedReader out = child.inputReader(StandardCharsets.UTF_8);
        String line = out.readLine();
        while (line != null && !line.contains(said)) {
            line = out.readLine();
        }
        assertTrue(line != null, () -> "the child ended before it said '" + said + "'");
    }

    private static void signal(Process child, String name) throws IOException, InterruptedException {
        assertEquals(
                0,
                new ProcessBuilder("kill", "-" + name, String.valueOf(child.pid()))
                        .start()
                        .waitFor());
    }

    private static List<String> lines(Path folder) {
        try {
            return Files.readAllLines(folder.resolve("runs/tiny/events.jsonl"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
