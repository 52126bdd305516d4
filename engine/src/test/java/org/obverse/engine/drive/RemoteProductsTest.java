package org.obverse.engine.drive;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.obverse.api.event.Summary;
import org.obverse.engine.artifact.ArtifactStore;
import org.obverse.engine.artifact.ArtifactStore.Content;
import org.obverse.engine.artifact.RemoteStoreException;
import org.obverse.engine.artifact.SharedFolder;
import org.obverse.engine.graph.Ingredients;
import org.obverse.engine.graph.Provenance;

/** Two machines, each with its own folder, that share a store. */
final class RemoteProductsTest {
    private static final Ingredients TARGET = new Ingredients(Map.of("slot", "target"), Map.of("engine", "1"));
    private static final String DIGEST = TARGET.digest(List.of());

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    private SharedFolder shared() {
        return new SharedFolder(folder.resolve("shared"));
    }

    private ProductStore machine(String name) {
        return machine(name, shared());
    }

    private ProductStore machine(String name, SharedFolder shared) {
        ArtifactStore here = new ArtifactStore(folder.resolve(name));
        return new ProductStore(here, List.of(shared.with(here)));
    }

    private ProductStore alone(String name) {
        return new ProductStore(new ArtifactStore(folder.resolve(name)));
    }

    private static Provenance save(ProductStore store, String text) {
        return store.save(TARGET, List.of(), Summary.NONE, Content.of(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static byte[] bytes(ProductStore store, Provenance made) throws IOException {
        return Files.readAllBytes(store.artifacts().artifact(made.artifact()).file());
    }

    @Test
    void what_was_made_on_one_machine_is_found_on_another_and_is_there_then() throws IOException {
        Provenance made = save(machine("here"), "weights");

        ProductStore there = machine("there");

        assertEquals(Optional.of(made), there.find(DIGEST));
        assertArrayEquals("weights".getBytes(StandardCharsets.UTF_8), bytes(there, made));
        assertEquals(Optional.of(made), alone("there").find(DIGEST), "the store is not needed for it any more");
        assertEquals(Optional.empty(), machine("another").find("0".repeat(64)));
    }

    @Test
    void an_artifact_that_was_lost_here_is_fetched_again() throws IOException {
        ProductStore here = machine("here");
        Provenance made = save(here, "weights");
        Files.writeString(here.artifacts().artifact(made.artifact()).file(), "torn");

        assertEquals(Optional.of(made), here.find(DIGEST));

        assertArrayEquals("weights".getBytes(StandardCharsets.UTF_8), bytes(here, made));
    }

    @Test
    void what_is_damaged_in_the_store_is_made_again_and_whole_there_then() throws IOException {
        Provenance made = save(machine("here"), "weights");
        Files.writeString(shared().file("artifacts/" + made.artifact()), "weighty");

        ProductStore there = machine("there");
        assertEquals(Optional.empty(), there.find(DIGEST));
        save(there, "weights");

        assertEquals(Optional.of(made), machine("another").find(DIGEST));
    }

    @Test
    void a_reference_without_its_artifact_or_to_another_unit_is_none() throws IOException {
        Provenance made = save(machine("here"), "weights");
        Files.delete(shared().file("artifacts/" + made.artifact()));
        assertEquals(Optional.empty(), machine("there").find(DIGEST));
        assertFalse(Files.exists(shared().file("references/" + DIGEST)));

        save(machine("third"), "weights");
        String another = "1".repeat(64);
        Files.copy(shared().file("references/" + DIGEST), shared().file("references/" + another));
        assertEquals(Optional.empty(), machine("there").find(another));
        assertEquals(Optional.of(made), machine("there").find(DIGEST));
    }

    @Test
    void of_two_who_made_the_same_unit_the_first_ones_product_is_everybodys() {
        Provenance first = save(machine("here"), "0.1");

        Provenance second = save(machine("there"), "0.10000001");

        assertEquals(first, second);
        assertEquals(Optional.of(first), alone("there").find(DIGEST));
    }

    @Test
    void what_was_made_without_the_store_is_put_there_when_it_is_found() {
        Provenance made = save(alone("here"), "weights");

        assertEquals(Optional.of(made), machine("here").find(DIGEST));

        assertEquals(Optional.of(made), machine("there").find(DIGEST));
    }

    @Test
    void what_a_store_that_is_away_does_not_take_is_kept_and_put_there_later() {
        SharedFolder shared = shared();
        shared.away().set(true);

        RemoteStoreException e = assertThrows(RemoteStoreException.class, () -> save(machine("here", shared), "w"));

        assertTrue(
                String.valueOf(e.getMessage())
                        .matches(
                                "store 'shared' cannot put artifacts/\\w+; what was made lies in .*here, and a run that"
                                        + " goes on puts it there"),
                e.getMessage());
        shared.away().set(false);
        Optional<Provenance> kept = machine("here", shared).find(DIGEST);
        assertTrue(kept.isPresent());
        assertEquals(kept, machine("there").find(DIGEST));
    }
}
