package org.obverse.engine.artifact;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.Set;
import org.obverse.api.network.Initial;
import org.obverse.api.network.ParameterSource;
import org.obverse.api.plugin.InvalidConfigurationException;
import org.obverse.api.plugin.Problem;

/** A network's tensors from a file. */
public final class StoredParameters implements ParameterSource {
    private final String subject;
    private final TensorFile file;

    /**
     * @param subject what to call the file in messages
     */
    public StoredParameters(String subject, TensorFile file) {
        this.subject = subject;
        this.file = file;
    }

    @Override
    public NDArray tensor(NDManager manager, String name, Shape shape, Initial initial) {
        if (!file.names().contains(name)) {
            throw new InvalidConfigurationException(new Problem(
                    subject,
                    "the weights miss tensor '" + name + "' of shape " + shape,
                    "give weights of this architecture; these hold "
                            + file.names().size() + " tensors"
                            + file.names().stream()
                                    .findFirst()
                                    .map(first -> ", such as '" + first + "'")
                                    .orElse("")));
        }
        if (!file.shape(name).equals(shape)) {
            throw new InvalidConfigurationException(new Problem(
                    subject,
                    "tensor '" + name + "' has shape " + file.shape(name) + " and the network needs " + shape,
                    "choose the configuration that the weights were made with"));
        }
        NDArray stored = file.tensor(manager, name);
        if (stored.getDataType() == DataType.FLOAT32) {
            return stored;
        }
        NDArray converted = stored.toType(DataType.FLOAT32, false);
        stored.close();
        return converted;
    }

    @Override
    public Set<String> names() {
        return file.names();
    }
}
