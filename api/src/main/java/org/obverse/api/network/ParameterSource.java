package org.obverse.api.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.obverse.api.random.RandomStream;

/** Where a network's tensors come from: random draws, or a file. */
public interface ParameterSource {
    /**
     * A tensor of its own for the caller, float32 on the manager's device.
     *
     * @throws org.obverse.api.plugin.InvalidConfigurationException if a file has no such tensor, or one of another
     *     shape: the message names the tensor and both shapes
     */
    NDArray tensor(NDManager manager, String name, Shape shape, Initial initial);

    /** The names that a file holds; empty for random draws. */
    Set<String> names();

    /**
     * What a file says of the network beside its tensors, by the dotted path to it, such as {@code
     * synthesis_kwargs.conv_clamp} of a network pickle; empty where nothing is said.
     */
    default Map<String, String> metadata() {
        return Map.of();
    }

    /**
     * The same tensors under the names that a network asks for, which published files may call otherwise.
     *
     * @param current from a name in the file to that in the network; leaves the network's own names as they are
     * @throws org.obverse.api.plugin.InvalidConfigurationException if a file holds one tensor under two names
     */
    default ParameterSource renamed(UnaryOperator<String> current) {
        return RenamedSource.of(this, current);
    }

    /** A network's first tensors: each is drawn from the child of {@code random} that bears its name. */
    static ParameterSource fresh(RandomStream random) {
        return new ParameterSource() {
            @Override
            public NDArray tensor(NDManager manager, String name, Shape shape, Initial initial) {
                return manager.create(initial.values(shape, random.child(name)), shape);
            }

            @Override
            public Set<String> names() {
                return Set.of();
            }
        };
    }
}
