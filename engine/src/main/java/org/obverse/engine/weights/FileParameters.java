package org.obverse.engine.weights;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.io.UncheckedIOException;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.obverse.api.network.Initial;
import org.obverse.api.network.ParameterSource;

/**
 * A network's tensors from a weights file.
 *
 * @param metadata of the network alone
 * @param sizes of a StyleGAN2 generator, if the tensors are one's
 */
record FileParameters(Place place, NetworkWeights network, Map<String, String> metadata, List<StyleGan2Sizes> sizes)
        implements ParameterSource {
    @Override
    public NDArray tensor(NDManager manager, String name, Shape shape, Initial initial) {
        StoredTensor stored = network.tensors().get(name);
        if (stored == null) {
            stored = network.companions().get(name);
        }
        if (stored == null) {
            throw place.refused(
                    "the weights miss tensor '" + name + "' of shape " + shape,
                    "give weights of this architecture; these hold "
                            + network.tensors().size() + " tensors"
                            + network.tensors().keySet().stream()
                                    .findFirst()
                                    .map(first -> ", such as '" + Place.shown(first) + "'")
                                    .orElse("")
                            + made());
        }
        if (!stored.shape().equals(shape)) {
            throw place.refused(
                    "tensor '" + name + "' has shape " + stored.shape() + " and the network needs " + shape,
                    "choose the configuration that the weights were made with" + made());
        }
        try {
            return manager.create(stored.readFloats().asFloatBuffer(), shape, DataType.FLOAT32);
        } catch (UncheckedIOException e) {
            throw WeightFile.unreadable(place, e);
        }
    }

    private String made() {
        return sizes.stream().map(found -> ": " + found).findFirst().orElse("");
    }

    @Override
    public Set<String> names() {
        return Collections.unmodifiableSet(network.tensors().keySet());
    }
}
