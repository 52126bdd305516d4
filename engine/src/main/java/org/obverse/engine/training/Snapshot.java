package org.obverse.engine.training;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.obverse.api.network.Parameters;
import org.obverse.engine.torch.NativeCopy;

/**
 * A copy, in the host's native memory, of a network's tensors at its best epoch. The Java heap holds nothing of it, as a
 * large network does not fit there.
 */
final class Snapshot implements AutoCloseable {
    private final Parameters parameters;
    private final NDManager manager;
    private final Map<String, NDArray> copies = new LinkedHashMap<>();

    Snapshot(Parameters parameters) {
        this.parameters = parameters;
        this.manager = parameters.manager().newSubManager(Device.cpu());
    }

    void take() {
        put(parameters.all());
    }

    /** Takes the place of what was taken before; a copy that was taken in an earlier process, none if it is empty. */
    void put(Map<String, NDArray> tensors) {
        copies.values().forEach(NDArray::close);
        copies.clear();
        tensors.forEach((name, tensor) -> copies.put(name, NativeCopy.onHost(tensor, manager)));
    }

    /** What was taken; closed with this. */
    Map<String, NDArray> tensors() {
        return Collections.unmodifiableMap(copies);
    }

    /** Puts the copy back; does nothing if none was taken, so that the last epoch stays. */
    void restore() {
        parameters.requireGradients(Parameters.Requirement.NONE);
        Map<String, NDArray> tensors = parameters.all();
        copies.forEach((name, copy) -> {
            NDArray tensor = tensors.get(name);
            if (tensor != null) {
                NativeCopy.into(tensor, copy);
            }
        });
    }

    @Override
    public void close() {
        manager.close();
    }
}
