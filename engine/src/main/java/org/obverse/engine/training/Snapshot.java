package org.obverse.engine.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
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

    /** A copy that was taken in an earlier process; none if it is empty. */
    void put(Map<String, NDArray> tensors) {
        tensors.forEach((name, tensor) -> values.put(name, tensor.toFloatArray()));
    }

    /** What was taken, as arrays. */
    Map<String, NDArray> tensors(NDManager manager) {
        Map<String, NDArray> tensors = new LinkedHashMap<>();
        Map<String, NDArray> shapes = parameters.all();
        values.forEach((name, value) -> {
            NDArray like = shapes.get(name);
            if (like != null) {
                tensors.put(name, manager.create(value, like.getShape()));
            }
        });
        return tensors;
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
