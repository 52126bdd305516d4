package org.obverse.engine.product;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.obverse.api.plugin.InvalidConfigurationException;
import org.obverse.api.plugin.Problem;
import org.obverse.engine.artifact.Artifact;
import org.obverse.engine.artifact.TensorFile;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** What all artifacts have in common: metadata of the tensor file say what it holds. */
public final class ProductForm {
    private static final String KIND = "product";
    private static final String QUERIES = "queries";
    private static final JsonMapper JSON = JsonMapper.shared();

    private ProductForm() {}

    /** Metadata of an artifact, in a fixed order. */
    public static Map<String, String> metadata(String kind, Map<String, String> facts) {
        Map<String, String> metadata = new LinkedHashMap<>(new TreeMap<>(facts));
        metadata.put(KIND, kind);
        return metadata;
    }

    /** {@link #metadata} of what was made by asking the target, with what it was asked. */
    static Map<String, String> asked(String kind, Map<String, String> facts, Map<String, Long> queries) {
        Map<String, String> all = new TreeMap<>(facts);
        all.put(QUERIES, json(new TreeMap<>(queries)));
        return metadata(kind, all);
    }

    /**
     * Images that the target was asked about, by kind of question.
     *
     * @throws InvalidConfigurationException if an earlier version stored the artifact, which did not say so
     */
    static Map<String, Long> queries(TensorFile file) {
        String text = file.metadata().get(QUERIES);
        if (text == null) {
            throw new InvalidConfigurationException(new Problem(
                    "a stored product of the attack",
                    "does not say what was asked for it, as an earlier version of Obverse stored it",
                    "run the attack again in another folder of runs"));
        }
        return JSON.readValue(text, new TypeReference<TreeMap<String, Long>>() {});
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
