package org.obverse.engine.configuration;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;

/** Takes configuration records apart and puts them together; they may be package-private in their plugin. */
final class Records {
    private Records() {}

    static Object value(Record configuration, RecordComponent component) {
        try {
            component.getAccessor().setAccessible(true);
            return component.getAccessor().invoke(configuration);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException(
                    "the key '" + Labels.key(component) + "' of "
                            + configuration.getClass().getName() + " cannot be read",
                    e);
        }
    }

    static Record create(Class<?> type, Object[] values) {
        try {
            Class<?>[] types = Arrays.stream(type.getRecordComponents())
                    .map(RecordComponent::getType)
                    .toArray(Class<?>[]::new);
            Constructor<?> canonical = type.getDeclaredConstructor(types);
            canonical.setAccessible(true);
            return (Record) canonical.newInstance(values);
        } catch (InvocationTargetException e) {
            throw new IllegalStateException(
                    type.getName() + " refuses its values by throwing; configurations implement Checked instead",
                    e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(type.getName() + " cannot be constructed", e);
        }
    }
}
