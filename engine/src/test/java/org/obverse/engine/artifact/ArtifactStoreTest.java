package org.obverse.engine.artifact;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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
    void an_artifact_is_named_by_its_bytes_and_found_by_its_inputs() {
        ArtifactStore store = new ArtifactStore(folder.resolve("objects"));

        assertEquals(HASH_OF_ABC, store.save("inputs-of-a-unit", BYTES));

        assertEquals(Optional.of(HASH_OF_ABC), store.find("inputs-of-a-unit"));
        assertEquals(Optional.empty(), store.find("other-inputs"));
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
            assertEquals(List.of(HASH_OF_ABC, "one", "two"), names);
        }
    }

    @Test
    void a_damaged_artifact_is_not_found_and_is_replaced_when_made_again() throws IOException {
        ArtifactStore store = new ArtifactStore(folder);
        store.save("unit", BYTES);
        Files.writeString(folder.resolve(HASH_OF_ABC), "abx");

        assertFalse(store.isIntact(HASH_OF_ABC));
        assertEquals(Optional.empty(), store.find("unit"));

        store.save("unit", BYTES);
        assertTrue(store.isIntact(HASH_OF_ABC));
    }

    @Test
    void what_a_killed_process_left_of_an_artifact_goes_when_it_is_made_again()
            throws IOException, InterruptedException {
        Process dead = new ProcessBuilder("true").start();
        dead.waitFor();
        Files.createFile(folder.resolve(".unit.%d.1.tmp".formatted(dead.pid())));

        new ArtifactStore(folder).save("unit", BYTES);

        try (Stream<Path> files = Files.list(folder).filter(Files::isRegularFile)) {
            assertEquals(List.of(folder.resolve(HASH_OF_ABC)), files.toList());
        }
    }
}
