package org.obverse.engine.training;

import ai.djl.ndarray.NDArray;
import java.util.stream.IntStream;
import org.obverse.api.defense.DataTransform.Batch;
import org.obverse.api.defense.Epoch;
import org.obverse.api.random.RandomStream;
import org.obverse.api.training.TrainingRecipe;

/**
 * Samples as a training shows them in its last epoch.
 *
 * @param classes of the network
 */
public record TrainingView(TrainingRecipe recipe, Composition composition, int classes) {
    /**
     * @param images {@code [N, ...input]} in [-1, 1]
     * @param labels int64 {@code [N]}
     */
    public Batch of(NDArray images, NDArray labels, RandomStream random) {
        Epoch last = new Epoch(recipe.epochs() - 1, recipe.epochs());
        int[] places =
                IntStream.range(0, Math.toIntExact(labels.getShape().get(0))).toArray();
        NDArray augmented = new Augmenter(recipe.augmentation()).augment(images, places, random.child("augmentation"));
        NDArray targets = composition.encode(labels, classes, last);
        return composition.taught(composition.change(new Batch(augmented, targets), last, random.child("change")));
    }
}
