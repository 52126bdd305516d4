package org.obverse.plugins.trapmid;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDScope;
import org.obverse.api.network.Classifier;
import org.obverse.api.network.Pass;
import org.obverse.api.random.RandomStream;
import org.obverse.api.tensor.Gradients;
import org.obverse.api.training.ParameterOptimizer;

/**
 * Tells private images from poisoned ones.
 *
 * @param network of two logits, whose difference is that of an image being private
 */
record Discriminator(Classifier network, ParameterOptimizer optimizer, Gradients gradients) {
    /** What a network of a classifier's architecture, which has at least two classes, needs to tell two kinds apart. */
    static final int KINDS = 2;

    private static final int POISONED = 0;
    private static final int PRIVATE = 1;

    /**
     * One step on {@code BCE(D(x), 1) + BCE(D(x'), 0)}, by one pass over both.
     *
     * @param images x, {@code [N, ...input]}
     * @param poisoned x', {@code [N, ...input]}
     */
    void learn(NDArray images, NDArray poisoned, double learningRate, RandomStream noise) {
        try (NDScope scope = new NDScope()) {
            NDList gradient;
            try (Gradients.Recording recording = gradients.recording()) {
                long count = images.getShape().get(0);
                NDArray log = logProbabilities(images.concat(poisoned, 0), Pass.training(noise));
                NDArray ofPrivate = log.get("0:" + count + ", " + PRIVATE);
                NDArray ofPoisoned = log.get(count + ":, " + POISONED);
                NDArray loss = ofPrivate.mean().add(ofPoisoned.mean()).neg();
                gradient = gradients.of(loss, network.parameters().trainableList());
            }
            optimizer.step(gradient, learningRate);
        }
    }

    /** {@code BCE(D(x'), 1)} of the discriminator as it is: how clearly images look poisoned. */
    NDArray suspicion(NDArray poisoned, RandomStream noise) {
        return logProbabilities(poisoned, Pass.evaluation(noise))
                .get(":, " + PRIVATE)
                .mean()
                .neg();
    }

    private NDArray logProbabilities(NDArray images, Pass pass) {
        return network.forward(images, pass).logits().logSoftmax(1);
    }
}
