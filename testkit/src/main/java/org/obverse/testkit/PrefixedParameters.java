package org.obverse.testkit;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Set;
import java.util.stream.Collectors;
import org.obverse.api.network.Initial;
import org.obverse.api.network.ParameterSource;

/** The tensors of another source whose names start with a prefix. */
record PrefixedParameters(String prefix, ParameterSource source) implements ParameterSource {
    @Override
    public NDArray tensor(NDManager manager, String name, Shape shape, Initial initial) {
        return source.tensor(manager, prefix + name, shape, initial);
    }

    @Override
    public Set<String> names() {
        return source.names().stream()
                .filter(name -> name.startsWith(prefix))
                .map(name -> name.substring(prefix.length()))
                .collect(Collectors.toSet());
    }
}
