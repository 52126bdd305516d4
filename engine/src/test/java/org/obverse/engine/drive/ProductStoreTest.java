package org.obverse.engine.drive;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.obverse.api.event.Summary;
import org.obverse.engine.artifact.ArtifactStore;
import org.obverse.engine.artifact.ArtifactStore.Content;
import org.obverse.engine.graph.Ingredients;
import org.obverse.engine.graph.Provenance;

/** Whatever happened to the disk: a product is found under what it was made from, or not at all. */
final class ProductStoreTest {
    private static final Ingredients INGREDIENTS = new Ingredients(Map.of("slot", "target"), Map.of("engine", "1"));
    private static final Summary SUMMARY =
            new Summary(Map.of("loss", Double.NaN), Map.of("labels", 3L), List.of(Map.of("loss", 0.5)));

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @SuppressWarnings("NullAway.Init")
    private ProductStore store;

    @SuppressWarnings("NullAway.Init")
    private Provenance saved;

    @BeforeEach
    void save() {
        store = new ProductStore(new ArtifactStore(folder));
        saved = save("red");
    }

    private Provenance save(String colour) {
        return store.save(
                INGREDIENTS.with("colour", colour),
                List.of("0", "1"),
                SUMMARY,
                Content.of(colour.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void what_was_saved_is_found_with_what_it_was_made_from_and_its_summary() throws IOException {
        Provenance found = store.find(saved.digest()).orElseThrow();

        assertEquals(saved, found);
        assertEquals(INGREDIENTS.with("colour", "red"), found.ingredients());
        assertEquals(SUMMARY, found.summary());
        assertArrayEquals(
                "red".getBytes(StandardCharsets.UTF_8),
                Files.readAllBytes(store.artifact(saved.digest()).file()));
        assertEquals(Optional.empty(), store.find(INGREDIENTS.digest(List.of())));
    }

    @Test
    void a_damaged_reference_is_as_good_as_none_and_is_written_over() throws IOException {
        String whole = Files.readString(reference(saved));
        for (byte[] damage : List.of(
                new byte[0],
                new byte[] {(byte) 0xff},
                whole.substring(0, whole.length() / 2).getBytes(StandardCharsets.UTF_8),
                "null".getBytes(StandardCharsets.UTF_8),
                "{}".getBytes(StandardCharsets.UTF_8),
                "[]".getBytes(StandardCharsets.UTF_8))) {
            Files.write(reference(saved), damage);
            assertEquals(
                    Optional.empty(),
                    store.find(saved.digest()),
                    () -> new String(damage, StandardCharsets.ISO_8859_1));
        }

        save("red");

        assertEquals(Optional.of(saved), store.find(saved.digest()));
    }

    @Test
    void a_reference_of_another_product_is_not_taken() throws IOException {
        Provenance other = save("blue");
        Files.copy(reference(other), reference(saved), StandardCopyOption.REPLACE_EXISTING);

        assertEquals(Optional.empty(), store.find(saved.digest()));
        assertTrue(store.find(other.digest()).isPresent());
    }

    @Test
    void an_artifact_whose_bytes_changed_or_are_gone_is_not_found() throws IOException {
        Path artifact = store.artifact(saved.digest()).file();
        Files.writeString(artifact, "rex");
        assertEquals(Optional.empty(), store.find(saved.digest()));

        Files.delete(artifact);
        assertEquals(Optional.empty(), store.find(saved.digest()));
    }

    private Path reference(Provenance made) {
        return folder.resolve("inputs").resolve(made.digest());
    }
}
