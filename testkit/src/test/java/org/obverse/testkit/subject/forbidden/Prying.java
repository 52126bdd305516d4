package org.obverse.testkit.subject.forbidden;

import java.lang.reflect.Field;
import org.obverse.api.plugin.Meaning;
import org.obverse.testkit.subject.Weighted;

/** Looks into what it is lent. */
public record Prying(@Meaning("how much") double weight) implements Weighted {
    Object inside(Object lent, String name) throws ReflectiveOperationException {
        Field field = lent.getClass().getDeclaredField(name);
        field.setAccessible(true);
        return field.get(lent);
    }
}
