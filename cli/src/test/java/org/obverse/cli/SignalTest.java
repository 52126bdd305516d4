package org.obverse.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The first signal that a run gets, from its start to its report. A few moments are tried, with the profile {@code faults} every signal at
 * each of them.
 */
@EnabledOnOs(OS.LINUX)
final class SignalTest {
    @TempDir
    private static Path whole = Path.of("");

    private static Map<String, String> uninterrupted = Map.of();

    @TempDir
    private Path folder = Path.of("");

    /** What can be seen of a run from outside, in the order in which it comes. */
    private enum Moment {
        STARTED,
        /** Java is there, and has not read a class of ours. */
        JAVA,
        /** The plan is read and the engine comes up. */
        ENGINE,
        LOCKED,
        STORED,
        BEGUN,
        DATA,
        TARGET,
        REPORT;

        boolean isSeen(Child child, Path run) throws IOException {
            return switch (this) {
                case STARTED -> true;
                case JAVA -> isMapped(child, "/libjvm.so");
                case ENGINE -> isMapped(child, "/libtorch_cpu.so");
                case LOCKED -> Files.exists(run.resolve("lock"));
                case STORED -> Files.exists(run.resolve("study.yaml"));
                case BEGUN -> Files.exists(run.resolve("manifest.json"));
                case DATA -> Invocation.finished(run).containsKey("data/0");
                case TARGET -> Invocation.finished(run).containsKey("target/0");
                case REPORT -> Files.exists(run.resolve("attempts.jsonl"));
            };
        }

        private static boolean isMapped(Child child, String library) throws IOException {
            return Files.readString(
                            Path.of("/proc", String.valueOf(child.process().pid()), "maps"))
                    .contains(library);
        }
    }

    private enum Signal {
        HUP(1),
        INT(2),
        TERM(15);

        private final int number;

        Signal(int number) {
            this.number = number;
        }
    }

    @BeforeAll
    static void run_without_interruption() {
        Invocation run = Invocation.of("run", Invocation.tinyPlan(whole), "--runs", whole.resolve("runs"));
        assertEquals(0, run.code(), run.err());
        uninterrupted = Invocation.finished(whole.resolve("runs/tiny"));
    }

    static Stream<Arguments> signals() {
        if (Integer.getInteger("obverse.faults", 0) > 0) {
            return Arrays.stream(Signal.values())
                    .flatMap(signal -> Arrays.stream(Moment.values()).map(moment -> Arguments.of(signal, moment)));
        }
        return Stream.of(
                Arguments.of(Signal.HUP, Moment.STARTED),
                Arguments.of(Signal.TERM, Moment.JAVA),
                Arguments.of(Signal.INT, Moment.ENGINE),
                Arguments.of(Signal.HUP, Moment.DATA),
                Arguments.of(Signal.TERM, Moment.TARGET),
                Arguments.of(Signal.INT, Moment.REPORT));
    }

    @ParameterizedTest
    @MethodSource("signals")
    void a_run_ends_with_the_signals_code_and_leaves_nothing_half_done(Signal signal, Moment moment)
            throws IOException, InterruptedException {
        Path plan = Invocation.tinyPlan(folder);
        Path runs = folder.resolve("runs");
        Child child = Child.of("run", plan, "--runs", runs);
        while (!moment.isSeen(child, runs.resolve("tiny"))) {
            assertTrue(child.process().isAlive(), "it ended before");
        }
        child.signal(signal.name());

        int code = child.code();
        String said = new String(child.process().getInputStream().readAllBytes(), StandardCharsets.UTF_8) + child.err();
        assertEquals(128 + signal.number, code, said);
        assertFalse(said.contains("\tat ") || said.contains("Exception"), said);
        assertEquals(List.of(), Invocation.drafts(runs));

        boolean begun = Files.exists(runs.resolve("tiny/study.yaml"));
        Invocation next =
                begun ? Invocation.of("resume", "tiny", "--runs", runs) : Invocation.of("run", plan, "--runs", runs);
        assertEquals(0, next.code(), next.err());
        assertEquals(uninterrupted, Invocation.finished(runs.resolve("tiny")));
        assertTrue(Files.exists(runs.resolve("tiny/report.html")), "there is no report");
    }
}
