package org.obverse.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.obverse.api.event.RunFact;
import org.obverse.engine.drive.Journal;

final class ExportCommandTest {
    @TempDir
    private static Path folder = Path.of("");

    @BeforeAll
    static void run() {
        Invocation run = Invocation.of("run", Invocation.tinyPlan(folder), "--runs", folder.resolve("runs"));
        assertEquals(0, run.code(), run.err());
    }

    private static Invocation export(String name, Path to) {
        return Invocation.of("export", name, "--runs", folder.resolve("runs"), "--to", to);
    }

    private static Set<String> files(Path place) throws IOException {
        try (Stream<Path> files = Files.walk(place)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> place.relativize(file).toString())
                    .collect(Collectors.toSet());
        }
    }

    @Test
    void a_run_is_written_as_tables_and_charts_with_the_figures_of_its_journal() throws IOException {
        Path to = folder.resolve("papers/new");

        Invocation done = export("tiny", to);

        assertEquals(0, done.code(), done.err());
        assertTrue(
                done.out().contains(" tables as CSV and LaTeX, ") && done.out().contains(to.toString()), done.out());
        assertTrue(files(to)
                .containsAll(Set.of("results.csv", "results.tex", "trainings.csv", "curves.tex", "queries.csv")));
        assertTrue(
                files(to).contains("figures/tiny-optimize-loss.svg"), files(to).toString());
        List<String> results = Files.readAllLines(to.resolve("results.csv"));
        assertTrue(results.get(0).startsWith("run,Acc@1(small-inception),"), results.get(0));
        double measured = Journal.read(folder.resolve("runs/tiny/events.jsonl")).facts().stream()
                .filter(RunFact.Completed.class::isInstance)
                .map(fact -> ((RunFact.Completed) fact).summary().figures())
                .filter(figures -> figures.containsKey("Acc@1(small-inception)"))
                .mapToDouble(figures -> figures.getOrDefault("Acc@1(small-inception)", Double.NaN))
                .findFirst()
                .orElseThrow();
        assertEquals(measured, Double.parseDouble(results.get(1).split(",", -1)[1]));
        assertTrue(results.get(1).contains("unverified: label-smoothing {alpha: 0.1"), results.get(1));
        assertTrue(
                results.get(1).contains("no label-only, no transfer, no adapted attack was finished on it"),
                results.get(1));
    }

    /** DuckDB is not on the class path of these tests. */
    @Test
    void what_needs_a_database_says_how_to_get_one() {
        Path to = folder.resolve("parquet");

        Invocation export =
                Invocation.of("export", "tiny", "--runs", folder.resolve("runs"), "--to", to, "--format", "parquet");
        Invocation query = Invocation.of("query", "SELECT 1", "--runs", folder.resolve("runs"));

        for (Invocation refused : List.of(export, query)) {
            assertEquals(2, refused.code(), refused.out());
            assertTrue(refused.err().contains("needs DuckDB, which does not come with the command"), refused.err());
            assertTrue(refused.err().contains("mvn -Pquery -pl cli/query -am"), refused.err());
        }
        assertFalse(Files.exists(to));
    }

    @Test
    void a_folder_that_holds_anything_is_left_as_it_is() throws IOException {
        Path full = Files.createDirectories(folder.resolve("full"));
        Path mine = Files.writeString(full.resolve("results.csv"), "mine");
        Path empty = Files.createDirectories(folder.resolve("empty"));

        Invocation refused = export("tiny", full);
        Invocation file = export("tiny", mine);
        Invocation done = export("tiny", empty);

        assertEquals(2, refused.code());
        assertTrue(refused.err().contains("--to " + full + ": the folder is not empty"), refused.err());
        assertEquals(Set.of("results.csv"), files(full));
        assertEquals("mine", Files.readString(mine));
        assertEquals(2, file.code());
        assertTrue(file.err().contains("is no folder"), file.err());
        assertEquals(0, done.code(), done.err());
    }

    @Test
    void a_run_that_does_not_exist_is_answered_with_those_that_do_and_nothing_is_made() {
        Invocation refused = export("tinny", folder.resolve("nowhere"));

        assertEquals(2, refused.code());
        assertTrue(
                refused.err().contains("there is no run 'tinny'")
                        && refused.err().contains("tiny"),
                refused.err());
        assertFalse(Files.exists(folder.resolve("nowhere")));
    }
}
