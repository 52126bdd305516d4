package org.obverse.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What reaches the user when things go wrong in ways that nobody planned, and what never does. */
final class TerminalTest {
    @TempDir
    private Path folder = Path.of("");

    @ParameterizedTest
    @ValueSource(strings = {"out of memory", "stack overflow"})
    void an_error_of_the_virtual_machine_is_told_without_a_stack_trace_and_with_a_code_of_the_help(String kind) {
        StringWriter err = new StringWriter();
        int code = Main.run(
                Main.commandLine().setOut(new PrintWriter(new Bursting(kind))).setErr(new PrintWriter(err)),
                "describe",
                "attack",
                "ppa");

        assertEquals(5, code);
        assertTrue(err.toString().startsWith("obverse: "), err.toString());
        assertFalse(err.toString().contains("\tat "), err.toString());
        assertTrue(err.toString().contains("--verbose shows where"), err.toString());
    }

    /** A terminal on which nothing can be written without an error. */
    private static final class Bursting extends Writer {
        private final String kind;

        Bursting(String kind) {
            this.kind = kind;
        }

        @Override
        public void write(char[] text, int from, int length) {
            throw kind.equals("out of memory") ? new OutOfMemoryError("Java heap space") : new StackOverflowError();
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }

    @Test
    void names_of_files_cannot_steer_the_terminal() throws IOException {
        Path plugins = Files.createDirectories(folder.resolve("plug\u001b[2Jins"));
        FaultyJar.mended(plugins);
        Invocation listed = Invocation.of("plugins", "--plugins", plugins);
        Invocation locked = Invocation.of("plugins", "--plugins", plugins, "--write-lock");
        Files.writeString(plugins.resolve("brok\u001ben.jar"), "no zip");
        Invocation refused = Invocation.of("plugins", "--plugins", plugins);
        Invocation described = Invocation.of("describe", "attack", "ppa", "--plugins", plugins);

        assertEquals(0, listed.code(), listed.err());
        assertTrue(locked.out().contains("written to "), locked.out());
        assertTrue(refused.out().contains("brok\\x1ben.jar: it cannot be read"), refused.out());
        for (Invocation said : new Invocation[] {listed, locked, refused, described}) {
            assertFalse((said.out() + said.err()).contains("\u001b"), said.toString());
        }
    }

    @Test
    void names_and_values_of_plans_cannot_steer_the_terminal() throws IOException {
        Path plan = Invocation.tinyPlan(folder);
        String axis = "study: { axes: { seeds.attack: { \"on\\ee\": 1, \"tw\\u009bo\": 2 } } }\n";
        Files.writeString(plan, Files.readString(plan) + axis);
        Path runs = folder.resolve("runs");
        for (Invocation said : new Invocation[] {
            Invocation.of("run", plan, "--runs", runs, "--list-cells"),
            Invocation.of("run", plan, "--runs", runs, "--dry-run"),
            Invocation.of("run", plan, "--runs", runs, "-o", "na\u001bme=x"),
            Invocation.of("describe", "pl\u001ban"),
            Invocation.of("plugins", "\u009b2J"),
            Invocation.of("--verbose", "describe", "plan", "\u009b2J"),
            Invocation.of("\u001b[2J"),
        }) {
            String text = said.out() + said.err();
            assertFalse(text.contains("\u001b") || text.contains("\u009b"), text);
            assertFalse(text.isEmpty());
        }
    }

    @Test
    @Timeout(60)
    void a_report_goes_to_no_device_and_into_no_folder_that_is_not_there() {
        Path jar = FaultyJar.mended(folder.resolve("plugins"));
        for (Path file : new Path[] {Path.of("/dev/full"), folder, folder.resolve("none/report.json")}) {
            Invocation refused = Invocation.of("check", jar, "--report", file);

            assertEquals(2, refused.code(), refused.err());
            assertTrue(refused.err().contains("--report"), refused.err());
            assertEquals("", refused.out());
        }
        assertTrue(Files.exists(Path.of("/dev/full")) && !Files.isRegularFile(Path.of("/dev/full")));
    }
}
