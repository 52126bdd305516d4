package org.obverse.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.obverse.api.event.RunFact;
import org.obverse.engine.drive.Journal;

/** What a preparer told of its networks is a figure of the run like any other. */
final class PreparedFiguresTest {
    private static final String NAME = "agreement of surrogate-0";

    @TempDir
    private static Path folder = Path.of("");

    private static String terminal = "";

    @BeforeAll
    static void run() {
        // With 20 people and one epoch, a surrogate that is asked about two images agrees on none of them.
        Invocation run = Invocation.of(
                "run",
                Invocation.tinyPlan(folder),
                "--runs",
                folder.resolve("runs"),
                "-o",
                "data={use: synthetic-faces, identities: 20, training-per-identity: 4, pool-per-identity: 8,"
                        + " test-per-identity: 4, public-images: 20}",
                "-o",
                "attack.classes=[0, 1]",
                "-o",
                "attack.stages.prepare={use: surrogates, count: 1, epochs: 1, batch: 4, learning-rate: 1.0e-6}",
                "-o",
                "attack.stages.optimize.loss={use: ensemble, networks: [surrogate-0]}");
        assertEquals(0, run.code(), run.err());
        terminal = run.out();
        double agreement = Journal.read(folder.resolve("runs/tiny/events.jsonl")).facts().stream()
                .filter(RunFact.Completed.class::isInstance)
                .map(RunFact.Completed.class::cast)
                .filter(fact -> fact.unit().slot().equals("prepare"))
                .map(fact -> fact.summary().figures().getOrDefault(NAME, Double.NaN))
                .findFirst()
                .orElseThrow();
        assertEquals(0, agreement, "the surrogate happens to agree");
    }

    @Test
    void the_terminal_shows_it_with_a_warning() {
        assertTrue(terminal.contains("\nprepared: " + NAME + " 0.0 %\n"), terminal);
        assertTrue(
                terminal.contains(
                        "what was prepared is of little use: " + NAME + " of tiny is 0.0 %, at least 30.0 % is wanted"),
                terminal);
    }

    @Test
    void the_report_shows_it_as_a_table_with_a_warning_above_all() throws IOException {
        String page = Files.readString(folder.resolve("runs/tiny/report.html")).replaceAll(">\\s+<", "><");

        assertTrue(page.contains("What was prepared for the attack is of little use."));
        assertTrue(page.contains(NAME + "</td><td class=\"number\">0.0 %</td><td class=\"number\">30.0 %</td>"));
    }

    @Test
    void it_is_exported() throws IOException {
        Invocation done =
                Invocation.of("export", "tiny", "--runs", folder.resolve("runs"), "--to", folder.resolve("to"));

        assertEquals(0, done.code(), done.err());
        List<String> lines = Files.readAllLines(folder.resolve("to/prepared.csv"));
        assertEquals("run,figure,value,least,unit,notes", lines.get(0));
        assertTrue(lines.get(1).startsWith("tiny," + NAME + ",0,0.3,fraction,"), lines.get(1));
        assertEquals(2, lines.size());
    }
}
