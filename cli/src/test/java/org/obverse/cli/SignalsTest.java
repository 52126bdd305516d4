package org.obverse.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@EnabledOnOs(OS.LINUX)
final class SignalsTest {
    @ParameterizedTest
    @CsvSource({"TERM, 143", "INT, 130", "HUP, 129"})
    void at_once_no_hook_of_java_is_waited_for(String signal, int code) throws IOException, InterruptedException {
        assertEquals(List.of(), saidBehind(signal, code, "at-once"));
    }

    @ParameterizedTest
    @CsvSource({"TERM, 143", "INT, 130", "HUP, 129"})
    void in_order_hooks_come_first(String signal, int code) throws IOException, InterruptedException {
        assertEquals(List.of("hook"), saidBehind(signal, code, "in-order"));
    }

    private static List<String> saidBehind(String signal, int code, String end)
            throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        "env",
                        "--default-signal=INT,HUP",
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        Waiting.class.getName(),
                        end)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader said = process.inputReader(StandardCharsets.UTF_8)) {
            assertEquals("ready", said.readLine());
            Child child = new Child(process);

            child.signal(signal);

            assertEquals(code, child.code());
            return said.lines().toList();
        } finally {
            process.destroyForcibly();
        }
    }

    /** Waits until a signal ends it. */
    static final class Waiting {
        private Waiting() {}

        public static void main(String[] arguments) throws InterruptedException {
            Runtime.getRuntime().addShutdownHook(new Thread(() -> System.out.println("hook")));
            Signals.endAtOnce();
            if (arguments[0].equals("in-order")) {
                Signals.endInOrder();
            }
            System.out.println("ready");
            new CountDownLatch(1).await();
        }
    }
}
