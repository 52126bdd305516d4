package org.obverse.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process that is killed while it trains the target, after it kept an epoch. */
final class KilledTrainingTest {
    /** Far more than are done while the process is killed. */
    private static final String EPOCHS = "target.training.epochs=150";

    /** More than a display may miss of a training that begins: only the latest epoch counts for it. */
    private static final int KEPT = 20;

    private static final Pattern TRAINED = Pattern.compile("target/0 (\\d+)/150");

    @TempDir
    private static Path whole = Path.of("");

    private static Map<String, String> uninterrupted = Map.of();

    @TempDir
    private Path folder = Path.of("");

    @BeforeAll
    static void run_without_interruption() {
        Invocation run =
                Invocation.of("run", Invocation.tinyPlan(whole), "--runs", whole.resolve("runs"), "-o", EPOCHS);
        assertEquals(0, run.code(), run.err());
        assertTrue(firstEpochTold(run.out()) < KEPT, run.out());
        uninterrupted = Invocation.finished(whole.resolve("runs/tiny"));
    }

    @Test
    void it_goes_on_after_the_epoch_that_was_kept_to_the_same_artifacts() throws IOException, InterruptedException {
        killInTraining();

        Invocation resumed = Invocation.of("resume", "tiny", "--runs", folder.resolve("runs"));

        assertEquals(0, resumed.code(), resumed.err());
        // The epoch that was kept last is told before the next; by then the process had been seen to keep so many.
        assertTrue(firstEpochTold(resumed.out()) >= KEPT, resumed.out());
        assertEquals(uninterrupted, Invocation.finished(folder.resolve("runs/tiny")));
        assertEquals(List.of(), unfinished());
    }

    @Test
    void where_the_kept_epoch_is_damaged_it_says_so_and_starts_anew() throws IOException, InterruptedException {
        Path kept = killInTraining();
        byte[] bytes = Files.readAllBytes(kept);
        Files.write(kept, Arrays.copyOf(bytes, bytes.length / 2));

        Child resumed = Child.of("resume", "tiny", "--runs", folder.resolve("runs"));

        int code = resumed.code();
        String said = resumed.err();
        assertEquals(0, code, said);
        assertTrue(said.contains(kept + " is damaged, so that the training which it holds starts anew"), said);
        assertEquals(uninterrupted, Invocation.finished(folder.resolve("runs/tiny")));
        assertEquals(List.of(), unfinished());
    }

    /** Returns the file of the last kept epoch. */
    private Path killInTraining() throws IOException, InterruptedException {
        Path unfinished = Files.createDirectories(folder.resolve("runs/objects/unfinished"));
        try (WatchService watch = FileSystems.getDefault().newWatchService()) {
            unfinished.register(watch, StandardWatchEventKinds.ENTRY_CREATE);
            Child child = Child.of("run", Invocation.tinyPlan(folder), "--runs", folder.resolve("runs"), "-o", EPOCHS);
            try {
                Path kept = unfinished.resolve(awaitKept(watch, KEPT));
                assertTrue(Files.exists(kept));
                return kept;
            } finally {
                child.kill();
                assertFalse(
                        Invocation.finished(folder.resolve("runs/tiny")).containsKey("target/0"), "killed too late");
            }
        }
    }

    /** A file appears under its name once per epoch. */
    private static Path awaitKept(WatchService watch, int epochs) throws InterruptedException {
        int kept = 0;
        while (true) {
            WatchKey key = watch.poll(60, TimeUnit.SECONDS);
            assertTrue(key != null, "no epoch was kept");
            for (WatchEvent<?> event : key.pollEvents()) {
                Path name = (Path) event.context();
                kept += name.toString().startsWith(".") ? 0 : 1;
                if (kept == epochs) {
                    return name;
                }
            }
            key.reset();
        }
    }

    /** Progress begins with the first epoch that a process knows to be done. */
    private static int firstEpochTold(String out) {
        Matcher matcher = TRAINED.matcher(out);
        assertTrue(matcher.find(), out);
        return Integer.parseInt(matcher.group(1));
    }

    private List<Path> unfinished() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("runs/objects/unfinished"))) {
            return files.toList();
        }
    }
}
