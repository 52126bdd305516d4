package org.obverse.plugins.classifiers;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.obverse.api.network.Initial;
import org.obverse.api.network.ParameterSource;
import org.obverse.api.plugin.InvalidConfigurationException;
import org.obverse.api.plugin.Problem;
import org.obverse.api.plugin.Resources;

/**
 * What a network that is yet to be trained begins with. It is asked only for fresh tensors: a network that is opened from
 * its own weights has them whatever it began with.
 */
sealed interface Beginning {
    /** The first values of a tensor of the body. */
    Initial body(String name, Initial usual);

    /** The first values of a tensor that a published file may lack, or have in another shape, as the head's. */
    Initial optional(String name, Initial usual);

    /**
     * @param taken all tensors of the network
     * @param spare what the names of tensors begin with that it need not take
     * @throws InvalidConfigurationException if something else is left
     */
    void requireNothingLeft(Set<String> taken, List<String> spare);

    /**
     * @param location of a weights file; empty for random values
     * @param current the name in the network of a tensor of the file
     * @throws InvalidConfigurationException if there is no such file
     */
    static Beginning of(String location, UnaryOperator<String> current, Resources resources) {
        if (location.isEmpty()) {
            return new Drawn();
        }
        ParameterSource file = resources.weights(location).renamed(current);
        return new Pretrained(location, file, resources.manager());
    }

    /** The values that each layer begins with by itself. */
    record Drawn() implements Beginning {
        @Override
        public Initial body(String name, Initial usual) {
            return usual;
        }

        @Override
        public Initial optional(String name, Initial usual) {
            return usual;
        }

        @Override
        public void requireNothingLeft(Set<String> taken, List<String> spare) {}
    }

    /**
     * The values of a file.
     *
     * @param manager of the memory through which they pass
     */
    record Pretrained(String location, ParameterSource file, NDManager manager) implements Beginning {
        @Override
        public Initial body(String name, Initial usual) {
            return (shape, stream) -> values(name, shape, usual);
        }

        /** Random where the file has no tensor of that name and shape, as for another number of classes. */
        @Override
        public Initial optional(String name, Initial usual) {
            return (shape, stream) -> {
                try {
                    return values(name, shape, usual);
                } catch (InvalidConfigurationException unlike) {
                    return usual.values(shape, stream);
                }
            };
        }

        private float[] values(String name, Shape shape, Initial usual) {
            try (NDArray tensor = file.tensor(manager, name, shape, usual)) {
                return tensor.toFloatArray();
            }
        }

        @Override
        public void requireNothingLeft(Set<String> taken, List<String> spare) {
            TreeSet<String> left = new TreeSet<>(file.names());
            left.removeAll(taken);
            left.removeIf(name ->
                    name.endsWith("num_batches_tracked") || spare.stream().anyMatch(name::startsWith));
            if (!left.isEmpty()) {
                throw new InvalidConfigurationException(new Problem(
                        location,
                        "the file holds " + left.size() + " tensors that the network does not have, the first is '"
                                + left.first() + "'",
                        "name a file of the same architecture"));
            }
        }
    }
}
