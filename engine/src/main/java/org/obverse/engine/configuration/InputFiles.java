package org.obverse.engine.configuration;

import java.lang.reflect.RecordComponent;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.obverse.api.plugin.InputFile;
import org.obverse.api.plugin.Use;

/** The files that a configuration names. */
public final class InputFiles {
    private InputFiles() {}

    /**
     * Locations by dotted key, in the order of the record: those with {@link InputFile}, also in nested records, lists and
     * maps of records. Empty ones name no file and are left out. Components that the configuration names have configurations of their
     * own.
     */
    public static Map<String, String> of(Record configuration) {
        Map<String, String> files = new LinkedHashMap<>();
        collect(configuration, "", files);
        return Collections.unmodifiableMap(files);
    }

    private static void collect(Record configuration, String path, Map<String, String> files) {
        for (RecordComponent component : configuration.getClass().getRecordComponents()) {
            String key = Binder.below(path, Labels.key(component));
            Object value = Records.value(configuration, component);
            if (component.isAnnotationPresent(InputFile.class) && value instanceof String location) {
                if (!location.isEmpty()) {
                    files.put(key, location);
                }
            } else {
                below(value, key, files);
            }
        }
    }

    private static void below(Object value, String path, Map<String, String> files) {
        if (value instanceof List<?> items) {
            for (int i = 0; i < items.size(); i++) {
                below(items.get(i), path + "." + i, files);
            }
        } else if (value instanceof Map<?, ?> entries) {
            new TreeMap<>(entries).forEach((key, entry) -> below(entry, path + "." + key, files));
        } else if (value instanceof Record nested && !(value instanceof Use)) {
            collect(nested, path, files);
        }
    }
}
