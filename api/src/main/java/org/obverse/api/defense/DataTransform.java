package org.obverse.api.defense;

import ai.djl.ndarray.NDArray;
import org.obverse.api.random.RandomStream;

/** Changes training batches after the recipe's augmentation, in the order of the plan. */
public non-sealed interface DataTransform extends DefensePart {
    Batch transform(Batch batch, Epoch epoch, RandomStream random);

    /** Whether rows of targets become others than one class alone; a loss that is not defined for those is refused beside it. */
    default boolean softensLabels() {
        return false;
    }

    /** Whether what becomes of a sample depends on others of its batch, as in mixup; refused beside {@link GradientPolicy.OfSamples}. */
    default boolean mixesSamples() {
        return false;
    }

    /** Whether it leaves images as they are: where nobody reads labels, as beside a teacher, it is refused. */
    default boolean changesLabelsAlone() {
        return false;
    }

    /**
     * Images and what they should be classified as.
     *
     * @param images {@code [N, ...input]}
     * @param targets encoded labels {@code [N, classes]}
     */
    record Batch(NDArray images, NDArray targets) {}
}
