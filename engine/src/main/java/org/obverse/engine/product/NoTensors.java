package org.obverse.engine.product;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Set;
import org.obverse.api.network.Initial;
import org.obverse.api.network.ParameterSource;
import org.obverse.api.plugin.InvalidConfigurationException;
import org.obverse.api.plugin.Problem;

/** For a network to which the plan gives no weights: it may need none, but it may not ask. */
public record NoTensors(String component) implements ParameterSource {
    @Override
    public NDArray tensor(NDManager manager, String name, Shape shape, Initial initial) {
        throw new InvalidConfigurationException(new Problem(
                component,
                "has no weights and cannot be trained, yet asks for the tensor '" + name + "'",
                "name a weights file with the key weights"));
    }

    @Override
    public Set<String> names() {
        return Set.of();
    }
}
