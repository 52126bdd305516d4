package org.obverse.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A plugin that does to the process what no exception tells of is named all the same, and the run goes on afterwards. */
@Timeout(120)
final class RuntimeFaultsTest {
    static final String PLAN = """
            name: faulty
            data: { use: toy2d-blobs, points: 30 }
            target:
              classifier: { use: toy2d-mlp }
              training: { optimizer: sgd, learning-rate: 0.001, epochs: 1, batch: 30, milestones: [] }
            generator: { use: toy2d-plane }
            attack: { use: faulty-attack, classes: [2] }
            metrics: [ { use: faulty-metric } ]
            execution: { device: cpu, workers: 1 }
            """;

    @TempDir
    private Path folder = Path.of("");

    private Path plan = Path.of("");
    private Path plugins = Path.of("");
    private Path runs = Path.of("");

    @BeforeEach
    void write_the_plan() throws IOException {
        plan = Files.writeString(folder.resolve("plan.yaml"), PLAN);
        plugins = folder.resolve("plugins");
        runs = folder.resolve("runs");
    }

    private Child run() throws IOException {
        return Child.of("run", plan, "--plugins", plugins, "--runs", runs);
    }

    private void goesOn() {
        FaultyJar.mended(plugins);
        Invocation resumed =
                Invocation.of("resume", "faulty", "--plugins", plugins, "--runs", runs, "--accept-changed", "faulty");
        assertEquals(0, resumed.code(), resumed.err());
        assertFalse(resumed.out().contains("target/0 done in "), resumed.out());
        assertTrue(resumed.out().contains("metric/0 faulty-metric done in "), resumed.out());
    }

    @ParameterizedTest
    @CsvSource({
        "optimize, exit, optimize/0",
        "optimize, exit-in-thread, optimize/0",
        "measure, exit, metric/0 faulty-metric"
    })
    void one_that_ends_the_process_is_named_with_the_unit_and_the_run_goes_on_once_it_is_mended(
            String place, String how, String unit) throws IOException, InterruptedException {
        Path jar = FaultyJar.write(plugins, place + " " + how);

        Child child = run();

        int code = child.code();
        String said = child.err();
        assertEquals(3, code, said);
        assertTrue(
                said.contains(
                        "plugin 'faulty' [" + jar + "] ended the process (System.exit) while it worked on " + unit),
                said);
        goesOn();
    }

    @Test
    void one_that_ends_the_process_before_the_first_unit_is_named() throws IOException, InterruptedException {
        Path jar = FaultyJar.write(plugins, "preflight exit");

        Child child = run();

        int code = child.code();
        String said = child.err();
        assertEquals(3, code, said);
        assertTrue(said.contains("plugin 'faulty' [" + jar + "] ended the process (System.exit)"), said);
        FaultyJar.mended(plugins);
        Invocation again = Invocation.of("run", plan, "--plugins", plugins, "--runs", runs);
        assertEquals(0, again.code(), again.err());
    }

    @ParameterizedTest
    @ValueSource(strings = {"INT", "TERM", "HUP"})
    void one_that_never_reaches_a_checkpoint_is_named_and_a_second_signal_ends_at_once(String signal)
            throws IOException, InterruptedException {
        FaultyJar.write(plugins, "optimize endless");

        Child child = run();
        child.await("target/0 done in ");
        awaitOffered("optimize/0");
        child.signal("INT");
        child.awaitError("Stopping at the next checkpoint of optimize/0");
        long began = System.nanoTime();
        child.signal(signal);

        assertEquals(128 + number(signal), child.code());
        assertTrue(System.nanoTime() - began < 20_000_000_000L, "it waited");
        goesOn();
    }

    private static int number(String signal) {
        return switch (signal) {
            case "HUP" -> 1;
            case "INT" -> 2;
            default -> 15;
        };
    }

    /** The journal says it before the unit is begun. */
    private void awaitOffered(String unit) throws IOException {
        String slot = "\"" + unit.replaceFirst("/.*", "") + "\"";
        while (Files.readString(runs.resolve("faulty/events.jsonl"))
                .lines()
                .noneMatch(line -> line.contains("ffered") && line.contains(slot))) {
            Thread.onSpinWait();
        }
    }

    @ParameterizedTest
    @CsvSource({"optimize, optimize/0, optimizer", "measure, metric/0, metric"})
    void one_that_closes_the_engine_is_named_and_the_run_goes_on_once_it_is_mended(
            String place, String unit, String kind) throws IOException, InterruptedException {
        FaultyJar.write(plugins, place + " close");

        Child child = run();

        int code = child.code();
        String said = child.err();
        assertEquals(3, code, said);
        assertTrue(said.contains("unit " + unit + ": component 'faulty-" + kind + "' of "), said);
        assertTrue(said.contains("the engine was closed while this unit was at work"), said);
        assertTrue(said.contains("--accept-changed faulty"), said);
        goesOn();
    }

    @Test
    void one_whose_losses_are_never_numbers_fails_the_run_and_is_not_blamed() {
        FaultyJar.write(plugins, "losses nan");

        Invocation failed = Invocation.of("run", plan, "--plugins", plugins, "--runs", runs);

        assertEquals(5, failed.code(), failed.err());
        assertTrue(
                failed.err().contains("the loss of every candidate was NaN or infinite in every step"), failed.err());
        assertFalse(failed.err().contains("--accept-changed"), failed.err());
        goesOn();
    }

    @Test
    void a_thread_that_it_leaves_behind_does_not_keep_the_process() throws IOException, InterruptedException {
        FaultyJar.write(plugins, "optimize thread");

        Child child = run();

        int code = child.code();
        assertEquals(0, code, child.err());
    }
}
