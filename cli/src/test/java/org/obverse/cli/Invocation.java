package org.obverse.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.obverse.engine.drive.Journal;
import org.obverse.engine.record.RunRecord;
import org.obverse.engine.study.StudyFolder;
import picocli.CommandLine;

/** One call of the command, in this process. */
record Invocation(int code, String out, String err) {
    static Invocation of(Object... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine commandLine =
                Main.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
        String[] words = new String[arguments.length];
        for (int i = 0; i < words.length; i++) {
            words[i] = arguments[i].toString();
        }
        int code = Main.run(commandLine, words);
        for (int i = 1; i < words.length; i++) {
            if (words[i - 1].equals("--runs")) {
                journals(Path.of(words[i]))
                        .forEach(journal ->
                                assertEquals("", Journal.read(journal).damage(), journal.toString()));
            }
        }
        return new Invocation(code, out.toString(), err.toString());
    }

    /** Those of every run in a folder, none of which may break the grammar of events, whatever was done to it. */
    private static List<Path> journals(Path runs) {
        if (!Files.exists(runs)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(runs)) {
            return files.filter(file -> file.endsWith("events.jsonl")).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Files in a folder of runs that are not whole yet, or never will be. */
    static List<Path> drafts(Path runs) throws IOException {
        if (!Files.exists(runs)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(runs)) {
            return files.filter(file -> file.toString().endsWith(".tmp")).toList();
        }
    }

    /** What the finished units of a study of one cell produced: SHA-256 by unit. */
    static Map<String, String> finished(Path study) {
        return RunRecord.artifacts(new StudyFolder(study), String.valueOf(study.getFileName()));
    }

    /** The same plan, whose target is read from {@code target.safetensors} beside it. */
    static Path withLoadedTarget(Path folder) {
        try {
            String plan = Files.readString(tinyPlan(folder));
            Path file = folder.resolve("loaded.yaml");
            Files.writeString(
                    file,
                    plan.replaceFirst("(?m)^  training: .*$", "  weights: target.safetensors")
                            .replaceFirst("  defense: .*\n", ""));
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A copy of the smallest plan that does the whole job. */
    static Path tinyPlan(Path folder) {
        Path file = folder.resolve("tiny.yaml");
        try (InputStream plan = Invocation.class.getResourceAsStream("tiny.yaml")) {
            if (plan == null) {
                throw new IllegalStateException("tiny.yaml is missing");
            }
            Files.write(file, plan.readAllBytes());
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
