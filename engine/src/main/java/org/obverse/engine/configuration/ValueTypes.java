package org.obverse.engine.configuration;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.obverse.api.plugin.NameOrIndex;
import org.obverse.api.plugin.Use;

/** The types that configuration keys can have, and their names for people. */
final class ValueTypes {
    private static final Map<Class<?>, String> SCALARS = Map.ofEntries(
            Map.entry(int.class, "a whole number"),
            Map.entry(Integer.class, "a whole number"),
            Map.entry(long.class, "a whole number"),
            Map.entry(Long.class, "a whole number"),
            Map.entry(double.class, "a number"),
            Map.entry(Double.class, "a number"),
            Map.entry(float.class, "a number"),
            Map.entry(Float.class, "a number"),
            Map.entry(boolean.class, "true or false"),
            Map.entry(Boolean.class, "true or false"),
            Map.entry(String.class, "text"),
            Map.entry(NameOrIndex.class, "a name or a whole number"),
            Map.entry(Use.class, "a component"));

    private ValueTypes() {}

    static Class<?> raw(Type type) {
        return (Class<?>) (type instanceof ParameterizedType generic ? generic.getRawType() : type);
    }

    static Type argument(Type type, int index) {
        return ((ParameterizedType) type).getActualTypeArguments()[index];
    }

    /** Such as {@code a whole number}, or {@code one of adam, sgd}. */
    static String describe(Type type) {
        Class<?> raw = raw(type);
        if (raw.isEnum()) {
            return "one of "
                    + Arrays.stream(raw.getEnumConstants())
                            .map(constant -> Labels.label((Enum<?>) constant))
                            .collect(Collectors.joining(", "));
        }
        if (raw == List.class || raw == Set.class) {
            return "a list, each entry " + describe(argument(type, 0));
        }
        if (raw == Map.class) {
            return "keys of your own, each value " + describe(argument(type, 1));
        }
        return SCALARS.getOrDefault(raw, "keys and values");
    }

    /** Every key below a record whose type a plan cannot write, as {@code key: type}. */
    static List<String> unwritable(Class<?> configuration, String path) {
        List<String> found = new ArrayList<>();
        for (RecordComponent component : configuration.getRecordComponents()) {
            unwritable(component.getGenericType(), Binder.below(path, Labels.key(component)), found);
        }
        return found;
    }

    private static void unwritable(Type type, String path, List<String> found) {
        Class<?> raw = type instanceof Class<?> || type instanceof ParameterizedType ? raw(type) : Object.class;
        boolean generic = type instanceof ParameterizedType;
        if ((raw == List.class || raw == Set.class) && generic) {
            unwritable(argument(type, 0), path, found);
        } else if (raw == Map.class && generic && argument(type, 0) == String.class) {
            unwritable(argument(type, 1), path, found);
        } else if (raw.isRecord() && raw != Use.class && !generic) {
            found.addAll(unwritable(raw, path));
        } else if (!raw.isEnum() && !SCALARS.containsKey(raw)) {
            found.add(path + ": " + type.getTypeName());
        }
    }
}
