package org.obverse.engine.artifact;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.obverse.engine.artifact.ArtifactStore.Content;

final class ArtifactStoreTest {
    private static final Content BYTES = Content.of("abc".getBytes(StandardCharsets.UTF_8));
    /** FIPS 180-2, appendix B.1. */
    private static final String HASH_OF_ABC = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @Test
    void an_artifact_is_named_by_its_bytes_and_referred_to_by_digests() {
        ArtifactStore store = new ArtifactStore(folder.resolve("objects"));
        String digest = "ab".repeat(32);

        assertEquals(store.artifact(HASH_OF_ABC), store.save(digest, BYTES));
        store.refer(digest, new byte[] {1, 2});

        assertArrayEquals(new byte[] {1, 2}, store.reference(digest).orElseThrow());
        assertEquals(Optional.empty(), store.reference("other"));
        assertEquals(List.of(digest), store.digests());
    }

    @Test
    void two_units_with_equal_results_share_one_file() throws IOException {
        ArtifactStore store = new ArtifactStore(folder);
        store.save("one", BYTES);
        store.save("two", BYTES);

        try (Stream<Path> files = Files.walk(folder)) {
            List<String> names = files.filter(Files::isRegularFile)
                    .map(file -> String.valueOf(file.getFileName()))
                    .sorted()
                    .toList();
            assertEquals(List.of(HASH_OF_ABC), names);
        }
    }

    @Test
    void a_damaged_artifact_is_replaced_when_made_again() throws IOException {
        ArtifactStore store = new ArtifactStore(folder);
        store.save("unit", BYTES);
        Files.writeString(folder.resolve(HASH_OF_ABC), "abx");

        assertFalse(store.isIntact(HASH_OF_ABC));
        store.save("unit", BYTES);
        assertTrue(store.isIntact(HASH_OF_ABC));
    }

    @Test
    void what_a_killed_process_left_of_an_artifact_goes_when_it_is_made_again_even_if_it_had_the_same_id()
            throws IOException {
        Files.createFile(folder.resolve(
                ".unit.%d.0.tmp".formatted(ProcessHandle.current().pid())));

        new ArtifactStore(folder).save("unit", BYTES);

        assertEquals(List.of(HASH_OF_ABC), names());
    }

    @Test
    void what_killed_processes_left_of_other_artifacts_and_of_references_goes_too() throws IOException {
        Path inputs = Files.createDirectories(folder.resolve("inputs"));
        Files.createFile(folder.resolve(".other.1-18f.7.tmp"));
        Files.createFile(inputs.resolve(".another.1-18f.7.tmp"));

        new ArtifactStore(folder).save("unit", BYTES);

        assertEquals(List.of(HASH_OF_ABC), names());
        assertFalse(Files.exists(inputs.resolve(".another.1-18f.7.tmp")));
    }

    @Test
    void what_a_killed_process_left_of_a_file_goes_when_it_is_written_again() throws IOException {
        Files.createFile(folder.resolve(".file.1-18f.7.tmp"));
        Files.createFile(folder.resolve(".file2.1-18f.7.tmp"));
        Files.createFile(folder.resolve(".file.notes.tmp"));

        ArtifactStore.writeWhole(folder.resolve("file"), BYTES);

        assertEquals(List.of(".file.notes.tmp", ".file2.1-18f.7.tmp", "file"), names());
    }

    @Test
    void a_folder_is_looked_through_once_for_what_is_dead_however_many_files_are_written() throws IOException {
        Files.createFile(folder.resolve(".second.1-18f.7.tmp"));
        Map<String, ArtifactStore.Content> files = new LinkedHashMap<>();
        files.put("first", channel -> {
            Files.createFile(folder.resolve(".second.1-18f.8.tmp"));
            BYTES.write(channel);
        });
        files.put("second", BYTES);

        ArtifactStore.writeWhole(folder, files);

        assertEquals(List.of(".second.1-18f.8.tmp", "first", "second"), names());
    }

    @Test
    void a_new_file_takes_the_place_of_none() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "mine");
        Path link = Files.createSymbolicLink(folder.resolve("link"), folder.resolve("nowhere"));

        assertThrows(FileAlreadyExistsException.class, () -> ArtifactStore.writeNew(file, BYTES));
        assertThrows(FileAlreadyExistsException.class, () -> ArtifactStore.writeNew(link, BYTES));
        ArtifactStore.writeNew(folder.resolve("new"), BYTES);

        assertEquals("mine", Files.readString(file));
        assertEquals("abc", Files.readString(folder.resolve("new")));
    }

    @Test
    void what_another_process_is_writing_stays_wherever_that_process_runs() throws IOException, InterruptedException {
        Process dead = new ProcessBuilder("true").start();
        dead.waitFor();
        String elsewhere = ".unit.%d.1.tmp".formatted(dead.pid());
        try (FileChannel held = FileChannel.open(
                        folder.resolve(elsewhere), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = held.lock()) {
            assertTrue(lock.isValid());
            new ArtifactStore(folder).save("unit", BYTES);

            assertEquals(List.of(elsewhere, HASH_OF_ABC), names());
        }
    }

    @Test
    void what_this_process_is_writing_stays_and_stays_locked() throws IOException {
        ArtifactStore.writeWhole(folder.resolve("file"), channel -> {
            ArtifactStore.removeWhole(folder.resolve("file"));

            assertEquals(1, names().size());
            Path draft = folder.resolve(names().get(0));
            assertTrue(isLockedForOthers(draft), draft + " is not locked");
            BYTES.write(channel);
        });

        assertEquals("abc", Files.readString(folder.resolve("file")));
    }

    /** Asked from outside, as a process does not see its own locks. */
    private static boolean isLockedForOthers(Path file) throws IOException {
        Process asked = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        LockProbe.class.getName(),
                        file.toString())
                .inheritIO()
                .start();
        try {
            return asked.waitFor() == LockProbe.LOCKED;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(folder).filter(Files::isRegularFile)) {
            return files.map(file -> String.valueOf(file.getFileName()))
                    .sorted()
                    .toList();
        }
    }

    /** A process that tries to lock a file. */
    static final class LockProbe {
        static final int LOCKED = 7;

        private LockProbe() {}

        public static void main(String... file) throws IOException {
            try (FileChannel channel = FileChannel.open(Path.of(file[0]), StandardOpenOption.WRITE)) {
                System.exit(channel.tryLock() == null ? LOCKED : 0);
            }
        }
    }
}
