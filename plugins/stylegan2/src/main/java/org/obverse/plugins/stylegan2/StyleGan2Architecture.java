package org.obverse.plugins.stylegan2;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.function.Consumer;
import org.obverse.api.data.Images;
import org.obverse.api.generator.Generator;
import org.obverse.api.generator.TrainableGenerator;
import org.obverse.api.network.Parameters;
import org.obverse.api.plugin.Resources;
import org.obverse.api.tensor.Operators;
import org.obverse.api.training.TrainingContext;

/** Builds StyleGAN2 generators of one configuration. */
record StyleGan2Architecture(StyleGan2 settings, Resources resources) implements TrainableGenerator {
    @Override
    public String weights() {
        return settings.weights();
    }

    /**
     * {@inheritDoc}
     *
     * @return a {@code Staged} generator, which is {@code Conditional} if there are conditions and {@code Criticized} if
     *     the weights include a discriminator
     */
    @Override
    public Generator build(Parameters parameters) {
        Operators operators = resources.operators();
        Networks networks = Networks.of(operators, parameters, settings.dimensions());
        Unconditional plain = new Unconditional(
                settings.dimensions(),
                networks.mapping().effective(),
                networks.average(),
                networks.synthesis().effective(settings.noise(), settings.convClamp()),
                noise());
        return null;
    }

    @Override
    public void train(Parameters parameters, Images images, TrainingContext context) {
        new VariationalTraining(resources, settings, context).run(parameters, images);
    }
}
