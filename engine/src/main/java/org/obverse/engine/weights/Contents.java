package org.obverse.engine.weights;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What a reader found in a file.
 *
 * @param parts the tensors by part and by name within the part; tensors that are in no part are in one without name
 * @param networks the parts that may be a network, as far as their form tells
 * @param modules the classes of the modules among the parts, by part
 * @param objects what no reader knows, by the dotted path to it
 * @param metadata what else it says, by dotted name
 * @param shards the other files that hold the tensors, by name
 */
record Contents(
        WeightFormat format,
        Map<String, Map<String, StoredTensor>> parts,
        List<String> networks,
        Map<String, String> modules,
        Map<String, Value.Inert> objects,
        Map<String, String> metadata,
        Map<String, Path> shards) {
    /** A table of tensors, which is one network. */
    static Contents of(WeightFormat format, Map<String, StoredTensor> tensors, Map<String, String> metadata) {
        return new Contents(format, Map.of("", tensors), List.of(""), Map.of(), Map.of(), metadata, Map.of());
    }

    Contents in(Map<String, Path> files) {
        return new Contents(format, parts, networks, modules, objects, metadata, files);
    }
}
