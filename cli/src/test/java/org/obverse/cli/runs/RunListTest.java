package org.obverse.cli.runs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.obverse.api.event.RunFact.Outcome;
import org.obverse.engine.record.ListedRun.Headline;
import org.obverse.engine.record.ListedRun.Standing;

/** Folders of runs at a glance; nothing here starts the native engine or loads a plugin. */
final class RunListTest {
    private static final String PLAN = """
            name: %s
            data: { use: synthetic-faces, identities: %d }
            target:
              classifier: { use: small-resnet }
              defense: [ { use: label-smoothing, alpha: %s } ]
            """;

    @TempDir
    private Path runs = Path.of("");

    private WrittenFolder run(String name, int people, String alpha) throws IOException {
        return new WrittenFolder(runs, name).plan(PLAN.formatted(name, people, alpha));
    }

    private List<RunList.Entry> entries() {
        return RunList.of(runs).entries();
    }

    private String text() {
        return new RunPage(RunList.of(runs), 100, ZoneOffset.UTC).text();
    }

    @Test
    void the_run_that_was_changed_last_is_the_last_one() throws IOException {
        run("a", 2, "0").ended(Outcome.DONE, "").changed("2026-01-03T00:00:00Z");
        run("b", 2, "0").ended(Outcome.DONE, "").changed("2026-01-01T00:00:00Z");
        run("c", 2, "0").ended(Outcome.DONE, "").changed("2026-01-02T10:20:30Z");

        assertEquals(
                List.of("b", "c", "a"),
                entries().stream().map(entry -> entry.run().name()).toList());
        assertTrue(text().contains("c    2026-01-02 10:20  done"), text());
    }

    @Test
    void a_run_stands_as_the_last_word_of_its_journal_says() throws IOException {
        run("done", 2, "0").ended(Outcome.DONE, "").changed("2026-01-01T00:00:00Z");
        run("failed", 2, "0")
                .made("data", "faces", "x", Map.of())
                .open("target")
                .ended(Outcome.FAILED, "the disk is full")
                .changed("2026-01-02T00:00:00Z");
        run("interrupted", 2, "0").ended(Outcome.INTERRUPTED, "").changed("2026-01-03T00:00:00Z");
        run("killed", 2, "0").open("data").cut().changed("2026-01-04T00:00:00Z");
        run("new", 2, "0");

        assertEquals(
                List.of(Standing.DONE, Standing.FAILED, Standing.INTERRUPTED, Standing.KILLED, Standing.NOT_BEGUN),
                entries().stream().map(entry -> entry.run().standing()).toList());
        assertEquals("the disk is full", entries().get(1).run().reason());
        assertTrue(text().contains("failed, 1 of 2"), text());
        assertTrue(text().contains("\n    ! the disk is full\n"), text());
    }

    @Test
    void a_run_whose_folder_is_held_is_under_way() throws IOException {
        WrittenFolder run = run("a", 2, "0").open("data").cut();
        Path file = run.folder().path().resolve("lock");
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = channel.lock()) {
            assertTrue(lock.isValid());
            assertEquals(Standing.UNDER_WAY, entries().get(0).run().standing());
        }
        assertEquals(Standing.KILLED, entries().get(0).run().standing());
    }

    @Test
    void a_plan_is_told_by_the_overrides_that_lead_to_it_from_the_one_above() throws IOException {
        run("a", 2, "0.1").ended(Outcome.DONE, "").changed("2026-01-01T00:00:00Z");
        run("b", 2, "-0.05").ended(Outcome.DONE, "").changed("2026-01-02T00:00:00Z");
        new WrittenFolder(runs, "c").plan("""
                        data: { use: synthetic-faces, identities: 3 }
                        target: { classifier: { use: small-resnet } }
                        study: { axes: { seeds.attack: [ 1, 2 ], data.label: [ "1" ] } }
                        """).ended(Outcome.DONE, "").changed("2026-01-03T00:00:00Z");

        assertEquals(List.of("target.defense.0.alpha=-0.05"), entries().get(1).difference());
        assertEquals(
                List.of(
                        "data.identities=3",
                        "study.axes.seeds.attack=[1,2]",
                        "study.axes.data.label=[\"1\"]",
                        "~target.defense.0.use",
                        "~target.defense.0.alpha"),
                entries().get(2).difference());
        assertTrue(text().contains("\n    target.defense.0.alpha=-0.05\n"), text());
    }

    @Test
    void a_long_difference_is_cut_to_a_line_that_says_how_much_is_missing() {
        PlanDifference three = new PlanDifference(List.of("a=1", "bbbb=22", "c=333333"));

        assertEquals("a=1  bbbb=22  c=333333", three.line(22));
        assertEquals("a=1  and 2 more", three.line(21));
        assertEquals(
                "a=1  bbbb=22  and 1 more", new PlanDifference(List.of("a=1", "bbbb=22", "c=3333333333")).line(24));
        assertEquals("a…", new PlanDifference(List.of("abcdef", "b")).line(2));
    }

    @Test
    void the_first_figure_of_the_first_metric_goes_from_the_lowest_to_the_highest_cell() throws IOException {
        run("a", 2, "0")
                .cells("alpha=0", "alpha=1")
                .made("metric", "attack-accuracy", "m", Map.of("Acc@1(judge)", 0.25))
                .made("metric", "feature-distance", "n", Map.of("distance", 99.0))
                .made("metric", "attack-accuracy", "o", Map.of("Acc@1(judge)", 0.75))
                .made("metric", "attack-accuracy", "p", Map.of("Acc@1(second)", 1.0))
                .ended(Outcome.DONE, "");

        assertEquals(
                List.of(new Headline("Acc@1(judge)", 0.25, 0.75)),
                entries().get(0).run().headline());
        assertEquals(2, entries().get(0).run().cells());
        assertTrue(text().contains("Acc@1(judge) 0.2500 to 0.7500"), text());
    }

    @Test
    void what_two_runs_share_belongs_to_none_alone() throws IOException {
        run("a", 2, "0")
                .made("data", "faces", "shared", Map.of())
                .made("target", "net", "12345", Map.of())
                .made("target", "net", "12345", Map.of())
                .ended(Outcome.DONE, "")
                .changed("2026-01-01T00:00:00Z");
        run("b", 2, "0").made("data", "faces", "shared", Map.of()).ended(Outcome.DONE, "");

        assertEquals(11, entries().get(0).bytes());
        assertEquals(5, entries().get(0).own());
        assertEquals(0, entries().get(1).own());
    }

    @Test
    void a_damaged_run_is_listed_with_what_is_wrong_and_ends_no_list() throws IOException {
        run("a", 2, "0").ended(Outcome.DONE, "").changed("2026-01-01T00:00:00Z");
        WrittenFolder journal = run("b", 2, "0").ended(Outcome.DONE, "");
        Files.writeString(journal.folder().events(), "nonsense\n");
        journal.changed("2026-01-02T00:00:00Z");
        WrittenFolder plan = run("c", 2, "0").ended(Outcome.DONE, "");
        Files.writeString(plan.folder().path().resolve("study.yaml"), "plan: [\u001b[2J");
        plan.changed("2026-01-03T00:00:00Z");
        WrittenFolder folder = new WrittenFolder(runs, "d");
        Files.createDirectories(folder.folder().events());
        run("e", 2, "0")
                .made("data", "faces", "lost", Map.of())
                .ended(Outcome.DONE, "")
                .changed("2030-01-03T00:00:00Z");
        for (String artifact : entries().get(4).run().artifacts().keySet()) {
            Files.delete(runs.resolve("objects").resolve(artifact));
        }
        Files.writeString(runs.resolve("a-file"), "no run");

        List<RunList.Entry> entries = entries();

        assertEquals(
                List.of(Standing.DONE, Standing.UNKNOWN, Standing.DONE, Standing.UNKNOWN, Standing.DONE),
                entries.stream().map(entry -> entry.run().standing()).toList());
        assertTrue(problem(entries.get(1)).contains("events.jsonl: is damaged (line 1"), problem(entries.get(1)));
        assertTrue(problem(entries.get(2)).contains("study.yaml"), problem(entries.get(2)));
        assertTrue(problem(entries.get(3)).contains("is a folder, not a file"), problem(entries.get(3)));
        assertEquals("1 of its artifacts are gone; resume makes them again", problem(entries.get(4)));
        assertEquals(List.of(), entries.get(4).difference(), "from the last plan that can be read");
        assertTrue(!text().contains("\u001b") && text().contains("\n    ! "), text());
    }

    private static String problem(RunList.Entry entry) {
        return entry.run().problems().get(0);
    }
}
