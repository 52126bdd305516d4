package org.obverse.plugins.shared;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

final class FolderStoreTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    private Path bytes = Path.of("");

    @BeforeEach
    void write_what_is_put() throws IOException {
        bytes = Files.writeString(folder.resolve("bytes"), "weights");
    }

    private FolderStore store() throws IOException {
        return new FolderStore(Files.createDirectories(folder.resolve("store")));
    }

    @Test
    void an_object_is_a_file_of_its_key_and_nothing_else_is_left() throws IOException {
        FolderStore store = store();

        assertTrue(store.putIfAbsent("artifacts/0a", bytes));

        assertEquals("weights", Files.readString(folder.resolve("store/artifacts/0a")));
        try (var files = Files.list(folder.resolve("store/artifacts"))) {
            assertEquals(1, files.count());
        }
    }

    @Test
    void what_a_killed_process_was_writing_is_no_object() throws IOException {
        FolderStore store = store();
        store.putIfAbsent("artifacts/0a", bytes);

        Files.writeString(folder.resolve("store/artifacts/.123"), "wei");

        assertEquals(List.of("artifacts/0a"), store.list("artifacts/"));
    }

    @Test
    void objects_below_are_listed_too() throws IOException {
        FolderStore store = store();
        for (String key : List.of("a/b/d", "a/c", "a/b/c", "ab/c")) {
            assertTrue(store.putIfAbsent(key, bytes));
        }

        assertEquals(List.of("a/b/c", "a/b/d", "a/c"), store.list("a/"));
    }

    @Test
    void a_disk_that_is_gone_is_no_empty_store() throws IOException {
        FolderStore store = store();
        Files.delete(folder.resolve("store"));

        List<Executable> calls = List.of(
                () -> store.putIfAbsent("artifacts/0a", bytes),
                () -> store.get("artifacts/0a", new ByteArrayOutputStream()),
                () -> store.list("artifacts/"));
        for (Executable call : calls) {
            assertThrows(NoSuchFileException.class, call);
        }
    }
}
