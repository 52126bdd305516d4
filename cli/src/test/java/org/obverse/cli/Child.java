package org.obverse.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** One call of the command, in a process of its own. */
record Child(Process process) {
    /** A child that hangs is killed, so that nobody waits for its words in vain. */
    private static final int MOST_MINUTES = 15;

    static Child of(Object... arguments) throws IOException {
        return of(Map.of(), arguments);
    }

    /**
     * @param environment beside this process's
     */
    static Child of(Map<String, String> environment, Object... arguments) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command(arguments));
        builder.environment().putAll(environment);
        Process process = builder.start();
        CompletableFuture.delayedExecutor(MOST_MINUTES, TimeUnit.MINUTES).execute(process::destroyForcibly);
        return new Child(process);
    }

    /**
     * The words that begin it. {@code env} gives the child signals that work, which a build that was started in the background, or by
     * nohup, does not pass on.
     */
    static List<String> command(Object... arguments) {
        List<String> words = new ArrayList<>(List.of(
                "env",
                "--default-signal=INT,HUP",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx1g",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                Main.class.getName()));
        Arrays.stream(arguments).forEach(argument -> words.add(argument.toString()));
        return words;
    }

    /** Reads what the child says until it says this. */
    void await(String said) throws IOException {
        await(Pattern.compile(Pattern.quote(said)));
    }

    /** Reads what the child says until a line has this in it. */
    void await(Pattern said) throws IOException {
        BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
        String line = out.readLine();
        while (line != null && !said.matcher(line).find()) {
            line = out.readLine();
        }
        if (line == null) {
            fail("the child ended before it said '" + said + "': " + err());
        }
    }

    /** The processes that it has begun and that are not over. */
    List<ProcessHandle> children() {
        return process.toHandle().descendants().toList();
    }

    /** Reads what the child says of errors until it says this. */
    void awaitError(String said) throws IOException {
        BufferedReader err = process.errorReader(StandardCharsets.UTF_8);
        String line = err.readLine();
        while (line != null && !line.contains(said)) {
            line = err.readLine();
        }
        if (line == null) {
            fail("the child ended before it said '" + said + "'");
        }
    }

    void signal(String name) throws IOException, InterruptedException {
        signal(name, List.of(process.toHandle()));
    }

    /** To all of them at once, as a terminal does. */
    static void signal(String name, List<ProcessHandle> processes) throws IOException, InterruptedException {
        List<String> words = new ArrayList<>(List.of("kill", "-" + name));
        processes.forEach(process -> words.add(String.valueOf(process.pid())));
        assertEquals(0, new ProcessBuilder(words).start().waitFor());
    }

    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** Its exit code, once it has ended by itself. */
    int code() throws InterruptedException {
        assertTrue(process.waitFor(60, TimeUnit.SECONDS), "the child does not end");
        return process.exitValue();
    }

    /** What it has said of errors when it is over. */
    String err() throws IOException {
        return new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
    }
}
