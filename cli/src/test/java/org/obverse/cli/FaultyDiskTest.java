package org.obverse.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.obverse.api.event.RunFact;
import org.obverse.cli.FaultyDisk.Kind;
import org.obverse.engine.drive.Journal;

/**
 * A disk that fails or is full at one of the writes of a run: the command says so and ends with a code that its help names, and the next run
 * ends as if nothing had been. Some 230 places, of which the property {@code obverse.faults} says how many are tried, each with both kinds of
 * failure (profile {@code faults}); what became of them is in {@code target/faults.tsv}.
 */
final class FaultyDiskTest {
    private static final Path TOLD = Path.of("target/faults.tsv");
    /** Hexadecimal digits of a digest that say which file it is. */
    private static final String DIGEST = "([0-9a-f]{6})[0-9a-f]{58}";

    @TempDir
    private static Path folder = Path.of("");

    @SuppressWarnings("NullAway.Init")
    private static FaultyDisk disk;

    private static Path plan = Path.of("");
    private static List<String> writes = List.of();
    private static Map<String, String> whole = Map.of();

    @BeforeAll
    static void run_on_a_disk_that_works() throws IOException, InterruptedException {
        assumeTrue(places() > 0, "mvn -Pfaults lets a disk fail at many places of a run, which takes an hour");
        disk = FaultyDisk.compiled(folder);
        plan = Invocation.tinyPlan(folder);
        Path runs = folder.resolve("whole");
        Path log = folder.resolve("whole.log");
        Child child = Child.of(disk.environment(runs, Kind.EIO, 0, log), "run", plan, "--runs", runs);
        assertEquals(0, child.process().waitFor(), said(child));
        writes = FaultyDisk.writes(log);
        whole = Invocation.finished(runs.resolve("tiny"));
        assertTrue(writes.size() > 200 && whole.size() >= 10, writes.size() + " writes made " + whole);
        Files.deleteIfExists(TOLD);
    }

    private static int places() {
        return Integer.getInteger("obverse.faults", 0);
    }

    @TestFactory
    Stream<DynamicTest> a_run_whose_disk_fails_says_so_and_the_next_one_ends_as_if_it_had_not() {
        int tried = Math.min(places(), writes.size());
        return IntStream.range(0, tried)
                .map(i -> 1 + (int) Math.round(i * (writes.size() - 1.0) / Math.max(1, tried - 1)))
                .boxed()
                .flatMap(at -> Stream.of(Kind.EIO, Kind.ENOSPC)
                        .map(kind -> DynamicTest.dynamicTest(kind + " at " + place(at), () -> fails(kind, at))));
    }

    private static String place(int at) {
        return writes.get(at - 1)
                .replace(folder.resolve("whole").toString(), "")
                .replaceAll(DIGEST, "$1");
    }

    private static void fails(Kind kind, int at) throws IOException, InterruptedException {
        Path runs = folder.resolve(kind + "-" + at);
        Path log = folder.resolve(kind + "-" + at + ".log");
        Child child = Child.of(disk.environment(runs, kind, at, log), "run", plan, "--runs", runs);
        // One that hangs is killed, with a code that no help names.
        int code = child.process().waitFor();
        String said = said(child);
        tell(kind, at, code, said);

        assertTrue(FaultyDisk.writes(log).size() >= at, "the disk never failed");
        assertTrue(List.of(0, 2, 5).contains(code), () -> "it ended with " + code + ": " + said);
        List<String> done = done(runs);
        assertTrue(code != 2 || done.isEmpty(), () -> "2 says that nothing was run, but " + done + " was: " + said);
        boolean mended = code == 0 && isMadeAgain(FaultyDisk.writes(log), at);
        assertTrue(mended || said.contains(kind.words()), () -> "nothing is said of the cause: " + said);
        assertFalse(said.contains("\tat "), said);
        boolean unfinished = code == 5 && Files.exists(runs.resolve("tiny/events.jsonl"));
        assertTrue(
                !unfinished || said.contains("with: obverse resume tiny"), () -> "nobody says how to go on: " + said);

        boolean begun = Files.exists(runs.resolve("tiny/study.yaml"));
        Invocation next =
                begun ? Invocation.of("resume", "tiny", "--runs", runs) : Invocation.of("run", plan, "--runs", runs);
        assertEquals(0, next.code(), next.err());
        assertEquals(whole, Invocation.finished(runs.resolve("tiny")));
        assertEquals(List.of(), Invocation.drafts(runs));
        assertTrue(Files.exists(runs.resolve("tiny/report.html")), "there is no report");
    }

    /** The units that were done before the command ended, none if it wrote no journal. */
    private static List<String> done(Path runs) {
        return Journal.read(runs.resolve("tiny/events.jsonl")).facts().stream()
                .filter(RunFact.Completed.class::isInstance)
                .map(fact -> ((RunFact.Completed) fact).unit().toString())
                .toList();
    }

    /** Java makes a folder again whose first making failed. */
    private static boolean isMadeAgain(List<String> writes, int at) {
        String call = writes.get(at - 1).replaceFirst("\\d+ ", " ");
        return writes.stream().skip(at).anyMatch(later -> later.endsWith(call));
    }

    /** All that a child said, of errors and else. */
    private static String said(Child child) throws IOException {
        return new String(child.process().getInputStream().readAllBytes(), StandardCharsets.UTF_8) + child.err();
    }

    private static void tell(Kind kind, int at, int code, String said) {
        String line = "%s\t%s\t%d\t%s%n"
                .formatted(
                        kind, place(at), code, said.strip().replace("\n", " | ").replace(folder.toString(), ""));
        try {
            Files.writeString(TOLD, line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
