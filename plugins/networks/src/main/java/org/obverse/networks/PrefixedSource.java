package org.obverse.networks;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Set;
import java.util.TreeSet;
import org.obverse.api.network.Initial;
import org.obverse.api.network.ParameterSource;

/** The tensors whose names begin with a prefix, without it: one of several networks in an artifact. */
public record PrefixedSource(ParameterSource whole, String prefix) implements ParameterSource {
    @Override
    public NDArray tensor(NDManager manager, String name, Shape shape, Initial initial) {
        return whole.tensor(manager, prefix + name, shape, initial);
    }

    @Override
    public Set<String> names() {
        Set<String> names = new TreeSet<>();
        whole.names().stream()
                .filter(name -> name.startsWith(prefix))
                .forEach(name -> names.add(name.substring(prefix.length())));
        return names;
    }
}
