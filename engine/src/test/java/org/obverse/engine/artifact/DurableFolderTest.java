package org.obverse.engine.artifact;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.obverse.engine.artifact.ArtifactStore.Content;
import org.obverse.engine.drive.Journal;

/** What a loss of power would take: Java's own recorder says what was forced to the disk, and in which order. */
final class DurableFolderTest {
    private static final Content BYTES = Content.of("abc".getBytes(StandardCharsets.UTF_8));

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @FunctionalInterface
    private interface Work {
        void done() throws IOException;
    }

    /** The files and folders that were forced, in order, relative to the test's folder. */
    private List<String> forced(Work work) throws IOException {
        Path file = folder.resolve("recording.jfr");
        try (Recording recording = new Recording()) {
            recording.enable("jdk.FileForce").withThreshold(Duration.ZERO);
            recording.start();
            work.done();
            recording.stop();
            recording.dump(file);
        }
        List<String> forced = new ArrayList<>();
        try (RecordingFile events = new RecordingFile(file)) {
            while (events.hasMoreEvents()) {
                RecordedEvent event = events.readEvent();
                Path path = Path.of(event.getString("path"));
                if (path.startsWith(folder)) {
                    forced.add(folder.relativize(path).toString());
                }
            }
        }
        Files.delete(file);
        return forced;
    }

    @Test
    void a_file_is_on_the_disk_with_all_its_bytes_and_then_with_its_name() throws IOException {
        List<String> forced = forced(() -> ArtifactStore.writeWhole(folder.resolve("file"), BYTES));

        assertEquals(2, forced.size(), forced.toString());
        assertTrue(forced.get(0).startsWith(".file."), forced.toString());
        assertEquals("", forced.get(1));
    }

    @Test
    void an_artifact_its_reference_and_the_new_folders_around_them_have_names_on_the_disk() throws IOException {
        ArtifactStore store = new ArtifactStore(folder.resolve("runs/objects"));

        List<String> stored = forced(() -> store.save("unit", BYTES));
        List<String> referred = forced(() -> store.refer("digest", new byte[1]));

        assertEquals(List.of("", "runs", "runs/objects"), stored.subList(0, 3), "the folders that were made");
        assertEquals("runs/objects", stored.get(stored.size() - 1));
        assertEquals(5, stored.size(), stored.toString());
        assertEquals("runs/objects/inputs", referred.get(referred.size() - 1));
        assertEquals(2, referred.size(), referred.toString());
    }

    @Test
    void a_journal_has_a_name_on_the_disk_before_its_first_fact() throws IOException {
        assertEquals(
                List.of(""),
                forced(() -> Journal.open(folder.resolve("events.jsonl")).close()));
    }
}
