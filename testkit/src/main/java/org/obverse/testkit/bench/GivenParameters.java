package org.obverse.testkit.bench;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.Map;
import java.util.Set;
import org.obverse.api.network.Initial;
import org.obverse.api.network.ParameterSource;
import org.obverse.api.plugin.InvalidConfigurationException;
import org.obverse.api.plugin.Problem;

/**
 * Tensors that are at hand, given as a stored artifact gives them: in float32.
 *
 * @param tensors by name; each request gets a copy
 */
public record GivenParameters(Map<String, NDArray> tensors) implements ParameterSource {
    @Override
    public NDArray tensor(NDManager manager, String name, Shape shape, Initial initial) {
        NDArray tensor = tensors.get(name);
        if (tensor == null || !tensor.getShape().equals(shape)) {
            throw new InvalidConfigurationException(new Problem(
                    name,
                    tensor == null ? "there is no such tensor" : "it has shape " + tensor.getShape() + ", not " + shape,
                    "ask for what was stored"));
        }
        NDArray copy =
                tensor.getDataType() == DataType.FLOAT32 ? tensor.duplicate() : tensor.toType(DataType.FLOAT32, true);
        copy.attach(manager);
        return copy;
    }

    @Override
    public Set<String> names() {
        return Set.copyOf(tensors.keySet());
    }
}
