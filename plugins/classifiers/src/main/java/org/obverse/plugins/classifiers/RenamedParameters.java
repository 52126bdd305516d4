package org.obverse.plugins.classifiers;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.obverse.api.network.Initial;
import org.obverse.api.network.ParameterSource;
import org.obverse.api.plugin.InvalidConfigurationException;
import org.obverse.api.plugin.Problem;

/**
 * A file's tensors under the names that a network asks for.
 *
 * @param published the name in the file by the name in the network
 */
record RenamedParameters(ParameterSource file, Map<String, String> published) implements ParameterSource {
    /**
     * @param location of the file, for the message
     * @param current the name in the network of a tensor of the file
     * @throws InvalidConfigurationException if two tensors of the file have one name in the network
     */
    static RenamedParameters of(String location, ParameterSource file, UnaryOperator<String> current) {
        Map<String, String> published = new HashMap<>();
        for (String name : file.names()) {
            String other = published.put(current.apply(name), name);
            if (other != null) {
                throw new InvalidConfigurationException(new Problem(
                        location,
                        "'" + name + "' and '" + other + "' are two names of one tensor",
                        "leave only one of them in the file"));
            }
        }
        return new RenamedParameters(file, Map.copyOf(published));
    }

    @Override
    public NDArray tensor(NDManager manager, String name, Shape shape, Initial initial) {
        return file.tensor(manager, published.getOrDefault(name, name), shape, initial);
    }

    @Override
    public Set<String> names() {
        return published.keySet();
    }
}
