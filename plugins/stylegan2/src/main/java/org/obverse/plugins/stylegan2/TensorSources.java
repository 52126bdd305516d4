package org.obverse.plugins.stylegan2;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Map;
import java.util.Set;
import org.obverse.api.network.Initial;
import org.obverse.api.network.ParameterSource;
import org.obverse.api.network.Parameters;

/** Where a training takes tensors that do not come from its caller. */
final class TensorSources {
    private TensorSources() {}

    /** Copies of other tensors. */
    static ParameterSource copied(Parameters originals) {
        Map<String, NDArray> tensors = originals.all();
        return new ParameterSource() {
            @Override
            public NDArray tensor(NDManager manager, String name, Shape shape, Initial initial) {
                NDArray original = tensors.get(name);
                if (original == null) {
                    throw new IllegalArgumentException("there is no tensor '" + name + "' to copy");
                }
                NDArray copy = original.duplicate();
                copy.attach(manager);
                return copy;
            }

            @Override
            public Set<String> names() {
                return tensors.keySet();
            }
        };
    }
}
