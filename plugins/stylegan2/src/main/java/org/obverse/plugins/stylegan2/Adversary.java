package org.obverse.plugins.stylegan2;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import org.obverse.api.network.Parameters;
import org.obverse.api.plugin.Resources;
import org.obverse.api.tensor.Gradients;
import org.obverse.api.training.ParameterOptimizer;

/**
 * The discriminator of a training and its optimizer, with the non-saturating logistic loss (Goodfellow et al. 2014) and
 * the lazy R1 penalty (Mescheder et al. 2018; Karras et al. 2020, section 3.1).
 */
final class Adversary implements AutoCloseable {
    private static final double BETA1 = 0;
    private static final double BETA2 = 0.99;

    private final Resources resources;
    private final StyleGan2 settings;
    private final Discriminator discriminator;
    private final NDList variables;
    private final ParameterOptimizer optimizer;

    /**
     * @param parameters of the discriminator alone; changed in place by each step
     */
    Adversary(Resources resources, StyleGan2 settings, Parameters parameters) {
        this.resources = resources;
        this.settings = settings;
        this.discriminator = new Discriminator(resources.operators(), parameters, settings.dimensions());
        parameters.requireGradients(Parameters.Requirement.TRAINABLE);
        this.variables = parameters.trainableList();
        this.optimizer = resources.training().adam(variables, BETA1, BETA2, 1e-8, 0);
    }

    /** The generator's loss, {@code mean softplus(-D(fakes))}; to be called while recording. */
    NDArray generatorLoss(NDArray fakes) {
        return mean(network().apply(fakes).neg());
    }

    /**
     * One step of the discriminator.
     *
     * @param count of the steps before this one
     * @return its loss without the penalty
     */
    double step(NDArray fakes, NDArray reals, int count) {
        GeneratorTraining training = settings.training();
        Gradients gradients = resources.gradients();
        try (Gradients.Recording recording = gradients.recording()) {
            Discriminator.Effective network = network();
            NDArray main = mean(network.apply(fakes.stopGradient()))
                    .add(mean(network.apply(reals).neg()));
            NDArray loss = main;
            if (count % training.penaltyInterval() == 0) {
                NDArray images = gradients.variable(reals);
                NDArray slope = gradients
                        .differentiable(network.apply(images).sum(), new NDList(images))
                        .head();
                double weight = training.gamma() / 2 * training.penaltyInterval();
                loss = loss.add(
                        slope.square().sum().mul(weight / reals.getShape().get(0)));
            }
            optimizer.step(gradients.of(loss, variables), training.discriminatorRate());
            return main.getFloat();
        }
    }

    private Discriminator.Effective network() {
        return discriminator.effective(settings.convClamp(), settings.groupSize());
    }

    private NDArray mean(NDArray logits) {
        return resources.operators().softplus(logits).mean();
    }

    @Override
    public void close() {
        optimizer.close();
    }
}
