package org.obverse.api.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.obverse.api.plugin.InvalidConfigurationException;
import org.obverse.api.plugin.Problem;

/**
 * A file's tensors under the names that a network asks for.
 *
 * @param published the name in the file by the name in the network
 */
record RenamedSource(ParameterSource file, Map<String, String> published) implements ParameterSource {
    static RenamedSource of(ParameterSource file, UnaryOperator<String> current) {
        Map<String, String> published = new HashMap<>();
        for (String name : new TreeSet<>(file.names())) {
            String other = published.put(current.apply(name), name);
            if (other != null) {
                throw new InvalidConfigurationException(new Problem(
                        current.apply(name),
                        "the weights hold this tensor as '" + name + "' and as '" + other + "'",
                        "leave only one of them in the file"));
            }
        }
        return new RenamedSource(file, Map.copyOf(published));
    }

    @Override
    public NDArray tensor(NDManager manager, String name, Shape shape, Initial initial) {
        return file.tensor(manager, published.getOrDefault(name, name), shape, initial);
    }

    @Override
    public Set<String> names() {
        return published.keySet();
    }

    @Override
    public Map<String, String> metadata() {
        return file.metadata();
    }
}
