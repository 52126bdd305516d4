package org.obverse.api.network;

import ai.djl.ndarray.NDArray;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What a TorchScript program returns. */
public sealed interface ScriptedValue {
    /**
     * One tensor.
     *
     * @param array attached to the manager of the call's first input
     */
    record Tensor(NDArray array) implements ScriptedValue {}

    /**
     * A tuple or a list.
     *
     * @param names those of a named tuple, one per value; none if the program gives none
     */
    record Row(List<ScriptedValue> values, List<String> names) implements ScriptedValue {
        public Row {
            values = List.copyOf(values);
            names = List.copyOf(names);
            if (!names.isEmpty() && names.size() != values.size()) {
                throw new IllegalArgumentException(values.size() + " values have " + names.size() + " names");
            }
        }
    }

    /** A dictionary whose keys are text. Its entries have no order of their own and are sorted by key. */
    record Dictionary(Map<String, ScriptedValue> entries) implements ScriptedValue {
        public Dictionary {
            entries = Collections.unmodifiableMap(new TreeMap<>(entries));
        }
    }

    /**
     * Anything else, such as None or a number.
     *
     * @param type in TorchScript's words, such as {@code NoneType} or {@code int}
     */
    record Other(String type) implements ScriptedValue {}
}
