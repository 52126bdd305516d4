package org.obverse.api.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import org.obverse.api.data.Images;
import org.obverse.api.defense.TeacherLoss;
import org.obverse.api.network.Classifier;

/** Optimizers, and the engine's training loop for classifiers that a component trains for itself. */
public interface Training {
    /**
     * Adam (Kingma and Ba 2015) as torch computes it: bias correction, then {@code epsilon} added to the root.
     *
     * @param variables leaves, changed in place by each step
     */
    ParameterOptimizer adam(NDList variables, double beta1, double beta2, double epsilon, double weightDecay);

    /** Stochastic gradient descent with torch's momentum (the learning rate is outside the buffer). */
    ParameterOptimizer sgd(NDList variables, double momentum, double weightDecay);

    /**
     * Trains a classifier with cross-entropy, as evaluation models and students are.
     *
     * @param classifier changed in place; its weights are frozen again on return
     * @param images labelled, of the classifier's input shape
     * @throws TrainingDivergedException if the loss is not finite
     */
    void fit(Classifier classifier, Images images, TrainingRecipe recipe, TrainingContext context);

    /**
     * Trains a classifier to give the answers that another one gave: as {@link #fit}, with another loss. The other is not asked again, so
     * that an augmented image is taught with the answer to the image itself.
     *
     * @param classifier changed in place; its weights are frozen again on return
     * @param images of the classifier's input shape; their labels are not read
     * @param answers {@code [images.size(), classes]}, what {@code loss} compares the logits with
     * @param recipe without smoothing
     * @throws TrainingDivergedException if the loss is not finite
     */
    void imitate(
            Classifier classifier,
            Images images,
            NDArray answers,
            TeacherLoss loss,
            TrainingRecipe recipe,
            TrainingContext context);
}
