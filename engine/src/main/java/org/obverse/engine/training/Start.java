package org.obverse.engine.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.obverse.api.network.Parameters;
import org.obverse.engine.artifact.Sha256;

/**
 * Where a training begins, as far as its own draws do not decide that: tensors of a file, or of a generator that a configuration seeds.
 *
 * @param tensors those weights, by name
 * @param values in all weights
 */
public record Start(Map<String, Given> tensors, long values) {
    /** A tensor: how many values it has, and a hash of them. */
    record Given(long values, String sha256) {}

    public Start {
        tensors = Map.copyOf(tensors);
    }

    /**
     * Of a network that was drawn from {@link org.obverse.engine.random.Midpoints}, of which every tensor is all one value; biases and
     * scales, which begin as such in any case, tell nothing of their origin either.
     */
    static Start of(Parameters parameters) {
        Map<String, Given> tensors = new HashMap<>();
        long[] values = {0};
        parameters.trainable().forEach((name, tensor) -> {
            values[0] += tensor.size();
            if (!isConstant(tensor)) {
                tensors.put(name, new Given(tensor.size(), Sha256.of(tensor.toByteArray())));
            }
        });
        return new Start(tensors, values[0]);
    }

    private static boolean isConstant(NDArray tensor) {
        try (NDScope scope = new NDScope()) {
            return tensor.size() < 2 || tensor.max().getFloat() == tensor.min().getFloat();
        }
    }

    /** Whether more than half of this one's values are the other's: a head for other classes is drawn anew. */
    public boolean isThatOf(Start other) {
        long shared = tensors.entrySet().stream()
                .filter(tensor -> Objects.equals(tensor.getValue(), other.tensors.get(tensor.getKey())))
                .mapToLong(tensor -> tensor.getValue().values())
                .sum();
        return 2 * shared > values;
    }
}
