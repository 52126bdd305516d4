package org.obverse.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What is told of runs that were really run. */
final class RunsTest {
    @TempDir
    private static Path folder = Path.of("");

    @BeforeAll
    static void run_two() {
        for (String name : List.of("one", "two")) {
            Invocation run = Invocation.of(
                    "run",
                    Invocation.tinyPlan(folder),
                    "--runs",
                    folder.resolve("runs"),
                    "--name",
                    name,
                    "-o",
                    "attack.stages.optimize.steps=" + name.length(),
                    "-o",
                    "attack.stages.optimize.loss=" + (name.equals("one") ? "poincare" : "cross-entropy"));
            assertEquals(0, run.code(), run.err());
        }
    }

    @Test
    void runs_are_listed_with_state_figure_and_difference() {
        Invocation listed = Invocation.of("runs", "--runs", folder.resolve("runs"));

        assertEquals(0, listed.code(), listed.err());
        List<String> lines = listed.out().lines().toList();
        assertTrue(lines.get(0).matches("run +changed +state +cells +first figure +size +its own"), listed.out());
        assertTrue(lines.get(1).matches("one .* done +1 +Acc@1\\(small-inception\\) [0-9.]+ +.*"), listed.out());
        assertTrue(lines.get(2).matches("two .* done .*"), listed.out());
        assertEquals("    attack.stages.optimize.loss=cross-entropy", lines.get(3), listed.out());
    }

    @Test
    void the_list_for_programs_has_all_of_it() {
        Invocation listed = Invocation.of("runs", "--json", "--runs", folder.resolve("runs"));

        assertEquals(0, listed.code(), listed.err());
        JsonNode second = JsonMapper.shared().readTree(listed.out()).get(1);
        assertEquals("two", second.get("name").asString());
        assertEquals("done", second.get("state").asString());
        assertEquals(second.get("units").asInt(), second.get("finished").asInt());
        assertEquals(
                "attack.stages.optimize.loss=cross-entropy",
                second.get("difference").get(0).asString());
        assertEquals(
                "Acc@1(small-inception)",
                second.get("figures").get(0).get("name").asString());
        assertTrue(second.get("own-bytes").asLong() > 0);
        assertTrue(second.get("own-bytes").asLong() < second.get("bytes").asLong(), listed.out());
    }

    @Test
    void a_folder_without_runs_is_named_and_not_made() {
        Invocation listed = Invocation.of("runs", "--runs", folder.resolve("elsewhere"));

        assertEquals(0, listed.code(), listed.err());
        assertTrue(listed.out().contains("There are no runs in " + folder.resolve("elsewhere")), listed.out());
        assertFalse(Files.exists(folder.resolve("elsewhere")));
        assertEquals(
                "[ ]",
                Invocation.of("runs", "--json", "--runs", folder.resolve("elsewhere"))
                        .out()
                        .strip());
    }

    @Test
    void what_a_deleted_run_left_is_told_and_then_freed() throws IOException {
        Path runs = folder.resolve("others");
        for (String loss : List.of("poincare", "cross-entropy")) {
            Invocation run = Invocation.of(
                    "run",
                    Invocation.tinyPlan(folder),
                    "--runs",
                    runs,
                    "--name",
                    loss,
                    "-o",
                    "attack.stages.optimize.loss=" + loss);
            assertEquals(0, run.code(), run.err());
        }
        Invocation whole = Invocation.of("runs", "gc", "--runs", runs);
        assertEquals("There is nothing to free.", whole.out().strip(), whole.err());
        Map<String, String> kept = Invocation.finished(runs.resolve("poincare"));
        Set<String> gone =
                new TreeSet<>(Invocation.finished(runs.resolve("cross-entropy")).values());
        gone.removeAll(kept.values());
        remove(runs.resolve("cross-entropy"));

        Invocation told = Invocation.of("runs", "--runs", runs, "gc");
        boolean isThere =
                Files.exists(runs.resolve("objects").resolve(gone.iterator().next()));
        Invocation freed = Invocation.of("runs", "gc", "--delete", "--runs", runs);
        Invocation resumed = Invocation.of("resume", "poincare", "--runs", runs);

        assertTrue(told.out().contains("  optimize "), told.out());
        assertTrue(told.out().contains(gone.size() + " files, "), told.out());
        assertTrue(told.out().contains(": not needed by any run. --delete frees them."), told.out());
        assertTrue(isThere, "nothing is freed before it is told to");
        assertEquals(0, freed.code(), freed.err());
        assertTrue(freed.out().contains(": freed."), freed.out());
        gone.forEach(
                artifact -> assertFalse(Files.exists(runs.resolve("objects").resolve(artifact)), artifact));
        assertEquals(0, resumed.code(), resumed.err());
        assertFalse(resumed.out().contains(" done in "), resumed.out());
        assertEquals(kept, Invocation.finished(runs.resolve("poincare")));
    }

    @Test
    void a_run_that_is_under_way_or_was_killed_keeps_its_last_epoch() throws IOException, InterruptedException {
        Path runs = folder.resolve("killed");
        Path unfinished = Files.createDirectories(runs.resolve("objects/unfinished"));
        Child child;
        try (WatchService watch = FileSystems.getDefault().newWatchService()) {
            unfinished.register(watch, StandardWatchEventKinds.ENTRY_CREATE);
            child = Child.of("run", Invocation.tinyPlan(folder), "--runs", runs, "-o", "target.training.epochs=4000");
            while (epochs(unfinished).isEmpty()) {
                WatchKey key = watch.poll(60, TimeUnit.SECONDS);
                assertTrue(key != null && key.reset(), "no epoch was kept");
            }
        }
        child.signal("STOP");
        List<Path> epochs = epochs(unfinished);
        Invocation refused = Invocation.of("runs", "gc", "--delete", "--runs", runs);
        String told = Invocation.of("runs", "--runs", runs).out();
        child.kill();

        Invocation freed = Invocation.of("runs", "gc", "--delete", "--runs", runs);

        assertEquals(2, refused.code(), refused.out());
        assertTrue(refused.err().contains("a run is under way there: tiny"), refused.err());
        assertTrue(told.contains(" under way, "), told);
        assertEquals(0, freed.code(), freed.err());
        assertEquals(1, epochs.size());
        assertEquals(epochs, epochs(unfinished));
        assertTrue(Invocation.of("runs", "--runs", runs).out().contains(" killed, "));
    }

    private static List<Path> epochs(Path unfinished) throws IOException {
        try (Stream<Path> files = Files.list(unfinished)) {
            return files.filter(file -> String.valueOf(file.getFileName()).matches("[0-9a-f]{64}"))
                    .toList();
        }
    }

    private static void remove(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
