package org.obverse.plugins.spark;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The application that {@code spark-submit} begins. */
public final class App {
    private App() {}

    /**
     * @param worker the command of a worker, on any executor
     */
    public static void main(String[] worker) throws IOException {
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), false, StandardCharsets.UTF_8);
        // What others print is for people.
        System.setOut(new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8));
        Conversation conversation = new Conversation(out);
        conversation.hold(
                System.in,
                new Jobs(
                        new Worker(List.of(worker), Path.of("").toAbsolutePath().toString(), Map.of()),
                        conversation::tell));
        System.exit(0);
    }
}
