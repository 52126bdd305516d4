package org.obverse.engine.configuration;

import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.obverse.api.plugin.Meaning;
import org.obverse.api.plugin.NameOrIndex;
import org.obverse.api.plugin.Use;

/** The keys of a configuration as JSON Schema (draft 2020-12) says them, in maps, lists, texts and truth values. */
public final class JsonTypes {
    private static final Map<Class<?>, String> SCALARS = Map.ofEntries(
            Map.entry(int.class, "integer"),
            Map.entry(Integer.class, "integer"),
            Map.entry(long.class, "integer"),
            Map.entry(Long.class, "integer"),
            Map.entry(double.class, "number"),
            Map.entry(Double.class, "number"),
            Map.entry(float.class, "number"),
            Map.entry(Float.class, "number"),
            Map.entry(boolean.class, "boolean"),
            Map.entry(Boolean.class, "boolean"),
            Map.entry(String.class, "string"));

    private JsonTypes() {}

    /** Each key with its type and its meaning, in the record's order. */
    public static Map<String, Object> properties(Class<? extends Record> configuration) {
        Map<String, Object> properties = new LinkedHashMap<>();
        for (RecordComponent component : configuration.getRecordComponents()) {
            Map<String, Object> type = new LinkedHashMap<>(of(component.getGenericType()));
            Meaning meaning = component.getAnnotation(Meaning.class);
            if (meaning != null) {
                type.put("description", meaning.value());
            }
            properties.put(Labels.key(component), type);
        }
        return properties;
    }

    private static Map<String, Object> of(Type type) {
        Class<?> raw = ValueTypes.raw(type);
        if (raw.isEnum()) {
            return Map.of(
                    "enum",
                    Arrays.stream(raw.getEnumConstants())
                            .flatMap(constant -> written(Labels.label((Enum<?>) constant)))
                            .toList());
        }
        if (raw == List.class || raw == Set.class) {
            return Map.of("type", "array", "items", of(ValueTypes.argument(type, 0)));
        }
        if (raw == Map.class) {
            return Map.of("type", "object", "additionalProperties", of(ValueTypes.argument(type, 1)));
        }
        if (raw == Use.class) {
            return Map.of("type", List.of("string", "object"));
        }
        if (raw == NameOrIndex.class) {
            return Map.of("type", List.of("string", "integer"));
        }
        return raw.isRecord()
                ? Map.of(
                        "type",
                        "object",
                        "properties",
                        properties(raw.asSubclass(Record.class)),
                        "additionalProperties",
                        false)
                : Map.of("type", SCALARS.getOrDefault(raw, "object"));
    }

    /** YAML's true and false choose between the constants of a switch. */
    private static Stream<Object> written(String label) {
        return switch (label) {
            case "true", "yes", "on" -> Stream.of(label, true);
            case "false", "no", "off" -> Stream.of(label, false);
            default -> Stream.of(label);
        };
    }
}
