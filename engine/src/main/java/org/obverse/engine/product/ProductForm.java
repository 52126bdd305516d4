package org.obverse.engine.product;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.obverse.engine.artifact.Artifact;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** What all artifacts have in common: metadata of the tensor file say what it holds. */
public final class ProductForm {
    private static final String KIND = "product";
    private static final JsonMapper JSON = JsonMapper.shared();

    private ProductForm() {}

    /** Metadata of an artifact, in a fixed order. */
    public static Map<String, String> metadata(String kind, Map<String, String> facts) {
        Map<String, String> metadata = new LinkedHashMap<>(new TreeMap<>(facts));
        metadata.put(KIND, kind);
        return metadata;
    }

    static String json(Object value) {
        return JSON.writeValueAsString(value);
    }

    /** The metadata of an artifact, without what {@link #metadata} added. */
    static Map<String, String> facts(Artifact artifact) {
        Map<String, String> facts = new LinkedHashMap<>(artifact.tensors().metadata());
        facts.remove(KIND);
        return facts;
    }

    static String kind(Artifact artifact) {
        return artifact.tensors().metadata().getOrDefault(KIND, "");
    }

    /**
     * @throws IllegalStateException if the artifact has no such fact, or a damaged one
     */
    static <T> T parse(Artifact artifact, String fact, TypeReference<T> type) {
        try {
            return JSON.readValue(text(artifact, fact), type);
        } catch (JacksonException e) {
            throw new IllegalStateException(
                    "'" + fact + "' of the artifact " + artifact.sha256() + " is damaged: " + e.getOriginalMessage(),
                    e);
        }
    }

    public static String text(Artifact artifact, String fact) {
        String text = artifact.tensors().metadata().get(fact);
        if (text == null) {
            throw new IllegalStateException("the artifact " + artifact.sha256() + " has no '" + fact + "'");
        }
        return text;
    }
}
