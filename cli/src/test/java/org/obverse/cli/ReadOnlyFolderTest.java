package org.obverse.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.obverse.cli.FaultyDisk.Kind;

/**
 * A folder of runs in which nothing can be written, from the beginning or from one of the writes of a run on. Who runs the tests may be
 * root, whom modes of files do not stop; a {@link FaultyDisk} does. With the profile {@code faults} every tenth write is tried.
 */
final class ReadOnlyFolderTest {
    private static final int ABOUT_ALL = 230;

    @TempDir
    private static Path folder = Path.of("");

    @SuppressWarnings("NullAway.Init")
    private static FaultyDisk disk;

    private static Path plan = Path.of("");
    private static Map<String, String> whole = Map.of();

    @BeforeAll
    static void run_in_a_folder_that_can_be_written() throws IOException, InterruptedException {
        disk = FaultyDisk.compiled(folder);
        plan = Invocation.tinyPlan(folder);
        Invocation run = Invocation.of("run", plan, "--runs", folder.resolve("whole"));
        assertEquals(0, run.code(), run.err());
        whole = Invocation.finished(folder.resolve("whole/tiny"));
    }

    static Stream<Arguments> places() {
        if (Integer.getInteger("obverse.faults", 0) > 0) {
            return IntStream.iterate(1, at -> at < ABOUT_ALL, at -> at + 10)
                    .boxed()
                    .flatMap(at -> Stream.of(Kind.EROFS, Kind.EACCES).map(kind -> Arguments.of(kind, at)));
        }
        return Stream.of(
                Arguments.of(Kind.EROFS, 1),
                Arguments.of(Kind.EACCES, 6),
                Arguments.of(Kind.EACCES, 40),
                Arguments.of(Kind.EROFS, 150));
    }

    /** Begun is what can be resumed. */
    @ParameterizedTest
    @MethodSource("places")
    void a_run_says_what_cannot_be_written_and_the_way_out_and_the_next_one_goes_on(Kind kind, int at)
            throws IOException, InterruptedException {
        Path runs = folder.resolve(kind + "-" + at);
        Path log = folder.resolve(kind + "-" + at + ".log");
        Child child = Child.of(disk.environment(runs, kind, at, log), "run", plan, "--runs", runs);
        int code = child.process().waitFor();
        String said = new String(child.process().getInputStream().readAllBytes(), StandardCharsets.UTF_8) + child.err();

        assertTrue(FaultyDisk.writes(log).size() >= at, "the folder could always be written");
        boolean begun = Files.exists(runs.resolve("tiny/study.yaml"));
        assertEquals(begun ? 5 : 2, code, said);
        assertTrue(said.contains(kind.words()) && said.contains(runs.toString()), said);
        assertTrue(said.contains(begun ? "go on with: obverse resume tiny --runs " : " with --runs"), said);
        assertFalse(said.contains("\tat "), said);

        Invocation next =
                begun ? Invocation.of("resume", "tiny", "--runs", runs) : Invocation.of("run", plan, "--runs", runs);
        assertEquals(0, next.code(), next.err());
        assertEquals(whole, Invocation.finished(runs.resolve("tiny")));
        assertEquals(List.of(), Invocation.drafts(runs));
    }
}
