package org.obverse.engine.graph;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.obverse.api.event.Summary;
import org.obverse.engine.artifact.StoredJson;

/**
 * What is stored beside an artifact: from what it was made. It can be held against the digest under which it was found, so
 * that nobody takes an artifact for another unit's.
 *
 * @param inputs digests of the products that were read, in the unit's order
 * @param artifact SHA-256 of its bytes
 */
public record Provenance(Ingredients ingredients, List<String> inputs, String artifact, Summary summary) {
    public Provenance {
        inputs = List.copyOf(inputs);
    }

    /** SHA-256 of ingredients and inputs. */
    public String digest() {
        return ingredients.digest(inputs);
    }

    /** As JSON in UTF-8. */
    public byte[] bytes() {
        return StoredJson.text(this).getBytes(StandardCharsets.UTF_8);
    }

    /**
     * What {@link #bytes} wrote.
     *
     * @throws IllegalArgumentException if it is anything else
     */
    public static Provenance of(byte[] bytes) {
        return StoredJson.read(new String(bytes, StandardCharsets.UTF_8), Provenance.class);
    }
}
