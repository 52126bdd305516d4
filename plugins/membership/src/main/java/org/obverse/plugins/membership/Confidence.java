package org.obverse.plugins.membership;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import org.obverse.api.network.Classifier;
import org.obverse.api.network.Pass;
import org.obverse.api.random.RandomStream;
import org.obverse.api.tensor.Operators;

/**
 * How sure a model is of images' classes: the {@link ScaledLogit}, of a model that is random at inference the mean of several passes.
 *
 * @param draws passes
 */
record Confidence(Classifier model, Operators operators, int draws) {
    /** Of a model whose answers differ from pass to pass. */
    private static final int OF_RANDOM = 8;

    /**
     * @param images that tell whether the model is random, {@code [N, ...input]}
     */
    static Confidence of(Classifier model, Operators operators, RandomStream noise, NDArray images) {
        try (NDScope scope = new NDScope()) {
            NDArray one = model.forward(images, Pass.evaluation(noise.child("draw", 0)))
                    .logits();
            NDArray other = model.forward(images, Pass.evaluation(noise.child("draw", 1)))
                    .logits();
            return new Confidence(model, operators, one.eq(other).all().getBoolean() ? 1 : OF_RANDOM);
        }
    }

    /**
     * @param images {@code [N, ...input]}
     * @param labels int64 {@code [N]}
     * @param noise the same stream gives the same passes
     * @return float64 {@code [N]}
     */
    NDArray of(NDArray images, NDArray labels, RandomStream noise) {
        NDArray sum = pass(images, labels, noise.child("draw", 0));
        for (int draw = 1; draw < draws; draw++) {
            sum = sum.add(pass(images, labels, noise.child("draw", draw)));
        }
        return sum.div(draws);
    }

    private NDArray pass(NDArray images, NDArray labels, RandomStream noise) {
        return ScaledLogit.of(model.forward(images, Pass.evaluation(noise)).logits(), labels, operators);
    }
}
