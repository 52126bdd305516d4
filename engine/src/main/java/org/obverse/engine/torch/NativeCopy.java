package org.obverse.engine.torch;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;

/**
 * Copies of tensors that do not pass through the Java heap, as {@link NDArray#copyTo} does: a layer of VGG-16 alone has 392
 * MiB.
 */
public final class NativeCopy {
    private static final NDIndex ALL = new NDIndex("...");

    private NativeCopy() {}

    /** A copy in the host's memory that lives as long as its manager, whatever scope is open. */
    public static NDArray onHost(NDArray tensor, NDManager manager) {
        try (NDArray values = tensor.stopGradient()) {
            NDArray copy =
                    values.getDevice().equals(Device.cpu()) ? values.duplicate() : values.toDevice(Device.cpu(), true);
            copy.attach(manager);
            return TorchDoor.outOfScope(copy);
        }
    }

    /**
     * Gives a tensor other values, in place.
     *
     * @param target requires no gradient
     * @param values of the same shape, on any device
     */
    public static void into(NDArray target, NDArray values) {
        if (values.getDevice().equals(target.getDevice())) {
            target.set(ALL, values);
        } else {
            try (NDArray moved = values.toDevice(target.getDevice(), true)) {
                target.set(ALL, moved);
            }
        }
    }
}
