package org.obverse.engine.graph;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.obverse.engine.artifact.Sha256;
import tools.jackson.databind.json.JsonMapper;

/**
 * All that a unit's value depends on beside its inputs.
 *
 * @param values by name: component, configuration, files, seed and stream, and only those keys of the execution that
 *     matter to the unit
 * @param code hashes of the code that takes part, by plugin id; the engine's and the native library's among them
 */
public record Ingredients(Map<String, String> values, Map<String, String> code) {
    /** The name of the batch among {@link #values}. */
    public static final String BATCH = "batch";

    private static final JsonMapper JSON = JsonMapper.shared();

    public Ingredients {
        values = Collections.unmodifiableMap(new TreeMap<>(values));
        code = Collections.unmodifiableMap(new TreeMap<>(code));
    }

    /** The same with another value. */
    public Ingredients with(String name, String value) {
        Map<String, String> changed = new TreeMap<>(values);
        changed.put(name, value);
        return new Ingredients(changed, code);
    }

    /**
     * The identity of a value: two units of equal digest have byte-equal products on one kind of machine.
     *
     * @param inputs digests, in the unit's order
     * @return SHA-256 in hexadecimal
     */
    public String digest(List<String> inputs) {
        return sha256(Map.of("values", values, "code", code, "inputs", inputs));
    }

    private static String sha256(Map<String, Object> content) {
        return Sha256.of(JSON.writeValueAsString(new TreeMap<>(content)));
    }

    /** What is another one there, in words: the names of differing values, then of differing code. */
    public List<String> differences(Ingredients other) {
        List<String> names = new ArrayList<>(differences(values, other.values));
        differences(code, other.code).forEach(id -> names.add(codeOf(id)));
        return names;
    }

    /** What {@link #differences} calls the code of a plugin. */
    public static String codeOf(String id) {
        return "code of " + id;
    }

    private static List<String> differences(Map<String, String> mine, Map<String, String> others) {
        TreeSet<String> names = new TreeSet<>(mine.keySet());
        names.addAll(others.keySet());
        names.removeIf(name -> mine.containsKey(name) && mine.get(name).equals(others.get(name)));
        return List.copyOf(names);
    }
}
