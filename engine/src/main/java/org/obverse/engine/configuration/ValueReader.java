package org.obverse.engine.configuration;

import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.obverse.api.plugin.NameOrIndex;
import org.obverse.api.plugin.Problem;
import org.obverse.api.plugin.Use;
import org.obverse.engine.configuration.Node.Blank;
import org.obverse.engine.configuration.Node.Mapping;
import org.obverse.engine.configuration.Node.Scalar;
import org.obverse.engine.configuration.Node.Sequence;

/** Reads one value as the type of its record component; what does not fit is reported and gives nothing. */
final class ValueReader {
    private static final Set<Class<?>> FRACTIONS = Set.of(double.class, Double.class, float.class, Float.class);

    private final Binder binder;

    ValueReader(Binder binder) {
        this.binder = binder;
    }

    /**
     * @param fallback the default, whose nested keys stay where the plan gives none; null inside lists
     */
    Optional<Object> read(Type type, @Nullable Object fallback, Node node, String path) {
        Class<?> raw = ValueTypes.raw(type);
        if (node instanceof Blank) {
            return refuse(path, node, "the key has no value", "write one, or leave the key out to keep the default");
        }
        if (raw == Use.class) {
            if (node instanceof Scalar named && named.value() instanceof String name) {
                return Optional.of(Use.of(name));
            }
            return node instanceof Mapping mapping
                    ? use((Use) fallback, mapping, path)
                    : mismatch(type, node, path, "write NAME, or { use: NAME, key: value }");
        }
        if (raw.isRecord()) {
            return node instanceof Mapping mapping
                    ? configuration(raw, (Record) fallback, mapping, path)
                    : mismatch(type, node, path, "");
        }
        if (raw == List.class || raw == Set.class) {
            return node instanceof Sequence sequence
                    ? items(raw, ValueTypes.argument(type, 0), sequence, path)
                    : mismatch(type, node, path, "write [ … ]");
        }
        if (raw == Map.class) {
            return node instanceof Mapping mapping
                    ? entries(ValueTypes.argument(type, 1), mapping, path)
                    : mismatch(type, node, path, "write { key: value }");
        }
        return node instanceof Scalar scalar ? scalar(raw, scalar, path) : mismatch(type, node, path, "");
    }

    private Optional<Object> configuration(Class<?> type, @Nullable Record fallback, Mapping mapping, String path) {
        return fallback == null
                ? binder.bindAll(type, mapping, path).map(Object.class::cast)
                : Optional.of(binder.bind(fallback, mapping, path));
    }

    private Optional<Object> use(@Nullable Use fallback, Mapping given, String path) {
        int before = binder.problems().size();
        refuseBlanks(given, path);
        if (given.get(Binder.USE).isEmpty() && fallback == null) {
            return refuse(path, given, "no component is named", "add the key use: NAME");
        }
        if (binder.problems().size() > before) {
            return Optional.empty();
        }
        Mapping whole = fallback == null ? given : ((Mapping) Node.of(fallback)).overlaid(given);
        if (!(whole.entries().get(Binder.USE) instanceof Scalar name && name.value() instanceof String text)) {
            return refuse(path + "." + Binder.USE, given, "a component's name is text", "write use: NAME");
        }
        Mapping settings = whole.without(Set.of(Binder.USE));
        @SuppressWarnings("unchecked")
        Map<String, Object> plain = (Map<String, Object>) settings.plain();
        return Optional.of(new Use(text, plain));
    }

    private void refuseBlanks(Node node, String path) {
        if (node instanceof Blank) {
            refuse(path, node, "the key has no value", "write one, or leave the key out to keep the default");
        } else if (node instanceof Mapping mapping) {
            mapping.entries().forEach((key, value) -> refuseBlanks(value, Binder.below(path, key)));
        } else if (node instanceof Sequence sequence) {
            for (int i = 0; i < sequence.items().size(); i++) {
                refuseBlanks(sequence.items().get(i), path + "." + i);
            }
        }
    }

    private Optional<Object> items(Class<?> raw, Type element, Sequence sequence, String path) {
        List<Object> items = new ArrayList<>();
        for (int i = 0; i < sequence.items().size(); i++) {
            read(element, null, sequence.items().get(i), path + "." + i).ifPresent(items::add);
        }
        if (items.size() < sequence.items().size()) {
            return Optional.empty();
        }
        return Optional.of(raw == List.class ? List.copyOf(items) : Set.copyOf(new LinkedHashSet<>(items)));
    }

    private Optional<Object> entries(Type element, Mapping mapping, String path) {
        Map<String, Object> entries = new LinkedHashMap<>();
        mapping.entries()
                .forEach((key, value) ->
                        read(element, null, value, Binder.below(path, key)).ifPresent(read -> entries.put(key, read)));
        return entries.size() < mapping.entries().size() ? Optional.empty() : Optional.of(Map.copyOf(entries));
    }

    private Optional<Object> scalar(Class<?> raw, Scalar scalar, String path) {
        Object value = scalar.value();
        if (raw.isEnum()) {
            return constant(raw, scalar, path);
        }
        if (FRACTIONS.contains(raw) && value instanceof Number number) {
            return fraction(raw, number, scalar, path);
        }
        Optional<Object> read = Optional.empty();
        if (raw == String.class && value instanceof String) {
            read = Optional.of(value);
        } else if (raw == NameOrIndex.class && value instanceof String text) {
            read = Optional.of(new NameOrIndex.Name(text));
        } else if (raw == NameOrIndex.class && value instanceof Integer index) {
            read = Optional.of(new NameOrIndex.Index(index));
        } else if ((raw == boolean.class || raw == Boolean.class) && value instanceof Boolean) {
            read = Optional.of(value);
        } else if ((raw == int.class || raw == Integer.class) && value instanceof Integer) {
            read = Optional.of(value);
        } else if ((raw == long.class || raw == Long.class) && (value instanceof Integer || value instanceof Long)) {
            read = Optional.of(((Number) value).longValue());
        }
        return read.isPresent() ? read : mismatch(raw, scalar, path, wayOut(raw, value));
    }

    private Optional<Object> fraction(Class<?> raw, Number number, Scalar scalar, String path) {
        boolean single = raw == float.class || raw == Float.class;
        Object value = single ? (Object) number.floatValue() : (Object) number.doubleValue();
        return Double.isFinite(single ? number.floatValue() : number.doubleValue())
                ? Optional.of(value)
                : refuse(
                        path,
                        scalar,
                        "expected a finite number, found " + scalar.found(),
                        "its size can be " + (single ? Float.MAX_VALUE : Double.MAX_VALUE) + " at most");
    }

    private static String wayOut(Class<?> raw, Object value) {
        if (raw == String.class) {
            return "put it in quotes if it is meant as text";
        }
        if (value instanceof String text && text.matches("[+-]?\\.?\\d.*")) {
            return "write numbers without quotes, with a digit on both sides of the point and no plus sign";
        }
        return "";
    }

    private Optional<Object> constant(Class<?> raw, Scalar scalar, String path) {
        String given = String.valueOf(scalar.value());
        List<Enum<?>> constants = Arrays.stream(raw.getEnumConstants())
                .<Enum<?>>map(constant -> (Enum<?>) constant)
                .toList();
        for (Enum<?> constant : constants) {
            String label = Labels.label(constant);
            if (label.equals(given) || (scalar.value() instanceof Boolean truth && means(label, truth))) {
                return Optional.of(constant);
            }
        }
        List<String> labels = constants.stream().map(Labels::label).toList();
        String hint = labels.contains(given.toLowerCase(Locale.ROOT)) ? "write it in lower case; " : "";
        return refuse(
                path,
                scalar,
                "expected " + ValueTypes.describe(raw) + ", found " + scalar.found(),
                hint + Suggestion.of(given, "possible values", labels));
    }

    /** YAML's true and false choose between the constants of a switch. */
    private static boolean means(String label, boolean truth) {
        return (truth ? Set.of("true", "yes", "on") : Set.of("false", "no", "off")).contains(label);
    }

    private Optional<Object> mismatch(Type type, Node node, String path, String wayOut) {
        return refuse(path, node, "expected " + ValueTypes.describe(type) + ", found " + node.found(), wayOut);
    }

    private Optional<Object> refuse(String path, Node node, String message, String wayOut) {
        binder.add(new Problem(path, node.line(), message, wayOut));
        return Optional.empty();
    }
}
