package org.obverse.engine.configuration;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.lang.reflect.RecordComponent;
import java.util.Locale;

/** How names of Java are written in plans. */
final class Labels {
    private Labels() {}

    /** {@code learningRate} is written {@code learning-rate}. */
    static String key(RecordComponent component) {
        return kebab(component.getName());
    }

    static String kebab(String camel) {
        return camel.replaceAll("([a-z0-9])([A-Z])", "$1-$2")
                .replaceAll("([A-Z])([A-Z][a-z])", "$1-$2")
                .toLowerCase(Locale.ROOT);
    }

    /** What {@link JsonProperty} says, or else the constant's name in lower case with hyphens. */
    static String label(Enum<?> constant) {
        try {
            JsonProperty given =
                    constant.getDeclaringClass().getField(constant.name()).getAnnotation(JsonProperty.class);
            return given == null || given.value().isEmpty()
                    ? constant.name().toLowerCase(Locale.ROOT).replace('_', '-')
                    : given.value();
        } catch (NoSuchFieldException e) {
            throw new IllegalStateException("an enum constant has a field of its name", e);
        }
    }
}
