package org.obverse.engine.weights;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.nio.FloatBuffer;
import org.obverse.api.plugin.InvalidConfigurationException;

/** Reads a tensor of a network as float32, block by block, and refuses one with which no network computes. */
final class FiniteTensor {
    private final Place place;
    private final String name;
    private final NDArray tensor;
    private long read;

    private FiniteTensor(Place place, String name, NDArray tensor) {
        this.place = place;
        this.name = name;
        this.tensor = tensor;
    }

    /**
     * @param name of the tensor in the network
     * @throws InvalidConfigurationException if an element is NaN or infinite
     */
    static NDArray read(Place place, String name, StoredTensor stored, NDManager manager) {
        NDArray tensor = manager.create(stored.shape(), DataType.FLOAT32);
        try {
            stored.transferFloats(new FiniteTensor(place, name, tensor)::take);
            return tensor;
        } catch (RuntimeException e) {
            tensor.close();
            throw e;
        }
    }

    private void take(FloatBuffer block) {
        requireFinite(block);
        long to = read + block.remaining();
        try (NDArray flat = tensor.flatten();
                NDArray part = tensor.getManager().create(block, new Shape(block.remaining()), DataType.FLOAT32)) {
            flat.set(new NDIndex().addSliceDim(read, to), part);
        }
        read = to;
    }

    private void requireFinite(FloatBuffer block) {
        for (int i = block.position(); i < block.limit(); i++) {
            float value = block.get(i);
            if (!Float.isFinite(value)) {
                throw place.refused(
                        "tensor '" + name + "' holds " + (Float.isNaN(value) ? "NaN" : "infinite numbers")
                                + ": no network computes with it",
                        "give weights of a training that did not diverge");
            }
        }
    }
}
