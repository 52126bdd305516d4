package org.obverse.api.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.List;

/**
 * A classification network with its weights.
 *
 * <p>{@link #forward} is called from several threads at once in evaluation mode, from one in training mode. It neither
 * opens nor closes recordings or scopes.
 */
public interface Classifier {
    /** The shape of one input, such as {@code [3, 32, 32]}. */
    Shape input();

    int classes();

    /**
     * The activations that every forward pass returns. They include {@link Tap#PENULTIMATE}, of one axis; only a {@link
     * Finished} network whose inside cannot be seen has none at all.
     */
    List<Tap> taps();

    /** Its tensors; of a network that a metric or a stage is lent, copies, made anew by each call. */
    Parameters parameters();

    /**
     * Whether logits have a gradient with respect to images. Only a {@link Finished} network may have none: one that rounds its
     * images, detaches or runs without a graph. It can be asked for scores, and not attacked with white-box access.
     */
    default boolean isDifferentiable() {
        return true;
    }

    /**
     * @param images float32 {@code [N, ...input]}, nominally in [-1, 1]
     */
    Activations forward(NDArray images, Pass pass);
}
