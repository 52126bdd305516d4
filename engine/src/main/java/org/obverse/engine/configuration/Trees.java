package org.obverse.engine.configuration;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.obverse.api.plugin.NameOrIndex;
import org.obverse.api.plugin.Use;
import org.obverse.engine.configuration.Node.Mapping;
import org.obverse.engine.configuration.Node.Scalar;
import org.obverse.engine.configuration.Node.Sequence;

/** Makes trees of the values that configurations hold. */
final class Trees {
    private Trees() {}

    static Node of(Object value, int line) {
        if (value instanceof Use use) {
            return use(use, line);
        }
        if (value instanceof NameOrIndex.Name name) {
            return new Scalar(name.name(), line);
        }
        if (value instanceof NameOrIndex.Index index) {
            return new Scalar(index.index(), line);
        }
        if (value instanceof Record configuration) {
            return configuration(configuration, line);
        }
        if (value instanceof Map<?, ?> map) {
            return mapping(map, line);
        }
        if (value instanceof Collection<?> collection) {
            List<Node> items = new ArrayList<>();
            collection.forEach(item -> items.add(of(item, line)));
            return new Sequence(items, line);
        }
        if (value instanceof Enum<?> constant) {
            return new Scalar(Labels.label(constant), line);
        }
        if (value instanceof String || value instanceof Boolean) {
            return new Scalar(value, line);
        }
        if (value instanceof Number number) {
            return new Scalar(Decimal.normal(number), line);
        }
        throw new IllegalArgumentException("a configuration cannot hold a "
                + value.getClass().getName() + "; it holds records, lists, maps, text, numbers, enums and Use values");
    }

    private static Mapping use(Use use, int line) {
        Map<String, Node> entries = new LinkedHashMap<>();
        entries.put(Binder.USE, new Scalar(use.name(), line));
        entries.putAll(mapping(use.settings(), line).entries());
        return new Mapping(entries, line);
    }

    private static Mapping configuration(Record configuration, int line) {
        Map<String, Node> entries = new LinkedHashMap<>();
        for (RecordComponent component : configuration.getClass().getRecordComponents()) {
            entries.put(Labels.key(component), of(Records.value(configuration, component), line));
        }
        return new Mapping(entries, line);
    }

    /** Sorted by key, because a map's own order may change from one start of the program to the next. */
    private static Mapping mapping(Map<?, ?> map, int line) {
        Map<String, Node> entries = new TreeMap<>();
        map.forEach((key, value) -> entries.put((String) key, of(value, line)));
        return new Mapping(entries, line);
    }
}
