package org.obverse.engine.configuration;

import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.obverse.api.plugin.InputFile;
import org.obverse.api.plugin.Meaning;
import org.obverse.api.plugin.NameOrIndex;
import org.obverse.api.plugin.Use;

/**
 * One key of a configuration, for {@code describe}.
 *
 * @param key as plans write it
 * @param type in words, such as {@code a whole number}, {@code a file} or {@code one of adam, sgd}
 * @param fallback the default as YAML; empty for a nested configuration, and inside lists, where keys are required
 * @param meaning what {@link Meaning} says; empty if the record says nothing
 * @param nested the keys of a nested configuration, or of one entry of a list of them
 */
public record Description(String key, String type, String fallback, String meaning, List<Description> nested) {
    public Description {
        nested = List.copyOf(nested);
    }

    /** All keys of a configuration, in the order of the record. */
    public static List<Description> of(Record defaults) {
        return of(defaults.getClass(), defaults);
    }

    /** Keys whose type no plan can write; a configuration must have none. Each entry reads {@code key: type}. */
    public static List<String> unwritableKeys(Class<? extends Record> configuration) {
        return ValueTypes.unwritable(configuration, "");
    }

    private static List<Description> of(Class<?> type, @Nullable Record defaults) {
        List<Description> keys = new ArrayList<>();
        for (RecordComponent component : type.getRecordComponents()) {
            keys.add(of(component, defaults == null ? null : Records.value(defaults, component)));
        }
        return keys;
    }

    private static Description of(RecordComponent component, @Nullable Object fallback) {
        Meaning meaning = component.getAnnotation(Meaning.class);
        Type type = component.getGenericType();
        boolean isConfiguration =
                fallback instanceof Record && !(fallback instanceof Use) && !(fallback instanceof NameOrIndex);
        return new Description(
                Labels.key(component),
                component.isAnnotationPresent(InputFile.class) ? "a file" : ValueTypes.describe(type),
                fallback == null || isConfiguration ? "" : YamlText.flow(Node.of(fallback)),
                meaning == null ? "" : meaning.value(),
                nested(type, fallback));
    }

    private static List<Description> nested(Type type, @Nullable Object fallback) {
        Class<?> raw = ValueTypes.raw(type);
        if (raw == List.class || raw == Set.class) {
            return nested(ValueTypes.argument(type, 0), null);
        }
        if (raw == Map.class) {
            return nested(ValueTypes.argument(type, 1), null);
        }
        return raw.isRecord() && raw != Use.class ? of(raw, (Record) fallback) : List.of();
    }
}
