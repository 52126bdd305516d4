package org.obverse.cli.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.obverse.api.plugin.InvalidConfigurationException;
import org.obverse.engine.artifact.RegularFile;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * A time in which a run was worked on, from its plan to its end. What the run produces depends on none of it, so it stands in a file of
 * its own, {@code runs/NAME/attempts.jsonl}, a line for each; one that was killed has none.
 *
 * @param began in UTC, ISO 8601
 * @param seconds how long it took
 * @param outcome how it ended
 * @param units that it performed
 * @param command as it was given
 * @param machine what it ran on
 */
public record Attempt(String began, double seconds, String outcome, int units, String command, String machine) {
    private static final String FILE = "attempts.jsonl";
    private static final JsonMapper MAPPER = JsonMapper.shared();

    /**
     * Of a run, oldest first.
     *
     * @param folder of the run
     * @throws UncheckedIOException if they cannot be read
     */
    static List<Attempt> in(Path folder) {
        Path file = folder.resolve(FILE);
        if (!Files.isRegularFile(file)) {
            return List.of();
        }
        List<Attempt> attempts = new ArrayList<>();
        try {
            // Where a byte is no text, only its line is damaged.
            new String(Files.readAllBytes(file), StandardCharsets.UTF_8)
                    .lines()
                    .forEach(line -> attempts.add(read(line)));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
        return attempts;
    }

    /** What is damaged in the file keeps no report from being made. */
    private static Attempt read(String line) {
        try {
            return MAPPER.readValue(line, Attempt.class);
        } catch (JacksonException e) {
            return new Attempt("unknown", 0, "a damaged line of " + FILE, 0, "", "");
        }
    }

    /**
     * Adds it to those of a run.
     *
     * @throws UncheckedIOException if it cannot be written
     * @throws InvalidConfigurationException if something else than a file is in its place
     */
    public void addTo(Path folder) {
        Path file = folder.resolve(FILE);
        RegularFile.requireIfThere(file);
        try {
            Files.writeString(
                    file,
                    MAPPER.writeValueAsString(this) + "\n",
                    StandardCharsets.UTF_8,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
    }
}
