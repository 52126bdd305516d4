package org.obverse.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Metrics that several evaluation models judge for. */
final class SeveralJudgesTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @Test
    void what_one_of_several_judges_is_shown_makes_another_unit() throws IOException {
        Path plan = folder.resolve("judges.yaml");
        Files.writeString(
                plan,
                Files.readString(Invocation.tinyPlan(folder))
                        .replaceFirst(
                                "(?s)evaluation:.*generator:",
                                "evaluation:\n  first: { classifier: { use: small-inception }, training: { epochs: 1 } }\n"
                                        + "  second: { like: first, seed: 2 }\ngenerator:")
                        .replace(", uncalibrated-judge", "")
                        .replaceFirst("(?s)metrics:.*execution:", "metrics: [ { use: judge-agreement } ]\nexecution:"));

        Invocation dry = Invocation.of(
                "run", plan, "--dry-run", "--axis", "evaluation.first.crop=0,24", "--runs", folder.resolve("runs"));

        assertEquals(0, dry.code(), dry.err());
        assertEquals(
                2,
                dry.out()
                        .lines()
                        .filter(line -> line.contains(" judge-agreement "))
                        .count(),
                dry.out());
    }
}
