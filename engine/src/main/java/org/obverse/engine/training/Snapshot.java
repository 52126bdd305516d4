package org.obverse.engine.training;

import ai.djl.ndarray.NDArray;
import java.util.LinkedHashMap;
import java.util.Map;
import org.obverse.api.network.Parameters;

/** A copy, on the host, of a network's tensors at its best epoch. */
final class Snapshot {
    private final Parameters parameters;
    private final Map<String, float[]> values = new LinkedHashMap<>();

    Snapshot(Parameters parameters) {
        this.parameters = parameters;
    }

    void take() {
        parameters.all().forEach((name, tensor) -> values.put(name, tensor.toFloatArray()));
    }

    /** Puts the copy back; does nothing if none was taken, so that the last epoch stays. */
    void restore() {
        parameters.requireGradients(Parameters.Requirement.NONE);
        Map<String, NDArray> tensors = parameters.all();
        values.forEach((name, value) -> {
            NDArray tensor = tensors.get(name);
            if (tensor != null) {
                tensor.set(value);
            }
        });
    }
}
