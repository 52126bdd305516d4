package org.obverse.gans;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import org.obverse.api.network.Parameters;
import org.obverse.api.network.Parameters.Requirement;
import org.obverse.api.plugin.Resources;
import org.obverse.api.tensor.Gradients;
import org.obverse.api.training.ParameterOptimizer;

/** One of the two networks of an adversarial training, with its optimizer. Closing it freezes the network. */
public final class Player implements AutoCloseable {
    private final Parameters parameters;
    private final NDList weights;
    private final Gradients gradients;
    private final ParameterOptimizer adam;
    private final double learningRate;

    /**
     * @param parameters of the complete network; changed in place by each step
     */
    public Player(Parameters parameters, AdversarialRecipe recipe, Resources resources) {
        this.parameters = parameters;
        this.gradients = resources.gradients();
        this.learningRate = recipe.learningRate();
        parameters.requireGradients(Requirement.TRAINABLE);
        this.weights = parameters.trainableList();
        this.adam = recipe.adam(resources.training(), weights);
    }

    /** One step down a loss that was computed while recording. */
    public void learn(NDArray loss) {
        adam.step(gradients.of(loss, weights), learningRate);
    }

    @Override
    public void close() {
        adam.close();
        parameters.freeze(name -> true);
        parameters.requireGradients(Requirement.NONE);
    }
}
