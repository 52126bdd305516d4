package org.obverse.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.Sets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.obverse.api.event.RunFact;
import org.obverse.api.event.RunFact.Outcome;
import org.obverse.engine.artifact.Sha256;
import org.obverse.engine.drive.Journal;

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
        uninterrupted = Invocation.finished(whole.resolve("runs/tiny"));
    }

    /** After {@code sample/0}, the first batch of classes is being optimized; after {@code optimize/0}, the second. */
    @ParameterizedTest
    @ValueSource(strings = {"target/0", "sample/0", "optimize/0"})
    void a_killed_run_goes_on_to_the_same_artifacts_without_repeating_a_finished_unit(String last)
            throws IOException, InterruptedException {
        Child child = begin(folder);
        child.await(last + " done in ");
        child.kill();
        Set<String> kept = Invocation.finished(folder.resolve("runs/tiny")).keySet();
        int before = facts(folder).size();

        Invocation resumed = Invocation.of("resume", "tiny", "--runs", folder.resolve("runs"));

        assertEquals(0, resumed.code(), resumed.err());
        assertTrue(kept.contains(last) && !kept.contains("gallery/0"), () -> "killed too late: " + kept);
        assertEquals(uninterrupted, Invocation.finished(folder.resolve("runs/tiny")));
        Set<String> repeated = Set.copyOf(offered(facts(folder).stream().skip(before)));
        assertEquals(Set.of(), Sets.intersection(kept, repeated));
    }

    private static List<String> offered(Stream<RunFact> facts) {
        return facts.filter(RunFact.Offered.class::isInstance)
                .map(fact -> ((RunFact.Offered) fact).unit().toString())
                .toList();
    }

    @Test
    void a_run_that_another_process_works_on_is_left_alone() throws IOException, InterruptedException {
        Child child = begin(folder);
        try {
            child.await("data/0 done in ");
            child.signal("STOP");

            Invocation refused = Invocation.of("resume", "tiny", "--runs", folder.resolve("runs"));

            assertEquals(2, refused.code());
            assertTrue(refused.err().contains("another process is working in this run directory"), refused.err());
        } finally {
            child.kill();
        }
    }

    @Test
    void a_run_that_was_renamed_goes_on_where_it_lies_now() throws IOException {
        Path runs = folder.resolve("runs");
        Invocation run = Invocation.of("run", Invocation.tinyPlan(folder), "--runs", runs);
        assertEquals(0, run.code(), run.err());
        Map<String, String> whole = Invocation.finished(runs.resolve("tiny"));
        Files.move(runs.resolve("tiny"), runs.resolve("moved"));
        Files.delete(runs.resolve("objects").resolve(String.valueOf(whole.get("metric/0"))));

        Invocation resumed = Invocation.of("resume", "moved", "--runs", runs);

        assertEquals(0, resumed.code(), resumed.err());
        assertTrue(resumed.out().contains(runs.resolve("moved/report.html").toString()), resumed.out());
        assertFalse(Files.exists(runs.resolve("tiny")));
        assertEquals(whole, Invocation.finished(runs.resolve("moved")));
    }

    @Test
    void a_copy_of_a_run_goes_on_where_it_lies_and_the_other_is_left_as_it_is() throws IOException {
        Path runs = folder.resolve("runs");
        Invocation run = Invocation.of("run", Invocation.tinyPlan(folder), "--runs", runs);
        assertEquals(0, run.code(), run.err());
        Map<String, String> before = contents(runs.resolve("tiny"));
        copy(runs.resolve("tiny"), runs.resolve("copy"));
        Files.delete(runs.resolve("copy/report.html"));
        Files.delete(runs.resolve("objects").resolve(String.valueOf(uninterrupted.get("metric/0"))));
        int facts = Journal.read(runs.resolve("copy/events.jsonl")).facts().size();

        Invocation resumed = Invocation.of("resume", "copy", "--runs", runs);

        assertEquals(0, resumed.code(), resumed.err());
        assertTrue(resumed.out().contains(runs.resolve("copy/report.html").toString()), resumed.out());
        assertTrue(Files.exists(runs.resolve("copy/report.html")));
        assertEquals(
                List.of("metric/0"),
                offered(Journal.read(runs.resolve("copy/events.jsonl")).facts().stream()
                        .skip(facts)));
        assertEquals(uninterrupted, Invocation.finished(runs.resolve("copy")));
        assertEquals(before, contents(runs.resolve("tiny")));
    }

    /** SHA-256 of every file below a folder, by name. */
    private static Map<String, String> contents(Path of) throws IOException {
        Map<String, String> contents = new TreeMap<>();
        try (Stream<Path> files = Files.walk(of)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                contents.put(of.relativize(file).toString(), Sha256.of(file));
            }
        }
        return contents;
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(from.relativize(file).toString()));
            }
        }
    }

    @Test
    void an_interrupted_run_says_how_to_go_on() throws IOException, InterruptedException {
        Child child = begin(folder);
        child.await("data/0 done in ");
        child.signal("INT");

        assertEquals(130, child.code());
        String said = child.err();
        assertTrue(said.contains("Go on with: obverse resume tiny --runs "), said);
        List<RunFact> facts = facts(folder);
        assertEquals(Outcome.INTERRUPTED, ((RunFact.Ended) facts.get(facts.size() - 1)).outcome());
    }

    private static Child begin(Path folder) throws IOException {
        return Child.of("run", Invocation.tinyPlan(folder), "--runs", folder.resolve("runs"));
    }

    private static List<RunFact> facts(Path folder) {
        return Journal.read(folder.resolve("runs/tiny/events.jsonl")).facts();
    }
}
