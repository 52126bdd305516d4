package org.obverse.engine.weights;

import java.util.Map;

/**
 * What a reader found in a file.
 *
 * @param parts the tensors by part and by name within the part; a file that is one state dict has one part without name
 * @param modules the classes of the modules among the parts, by part
 * @param metadata what else it says, by dotted name
 */
record Contents(
        WeightFormat format,
        Map<String, Map<String, StoredTensor>> parts,
        Map<String, String> modules,
        Map<String, String> metadata) {}
