package org.obverse.plugins.stylegan2;

import java.util.List;
import org.obverse.api.data.Images;
import org.obverse.api.generator.Generator;
import org.obverse.api.generator.TrainableGenerator;
import org.obverse.api.network.Parameters;
import org.obverse.api.plugin.InvalidConfigurationException;
import org.obverse.api.plugin.Problem;
import org.obverse.api.plugin.Resources;
import org.obverse.api.tensor.Gradients;
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
     * @throws InvalidConfigurationException if the weights were made with another configuration: the keys that differ
     */
    @Override
    public Generator build(Parameters parameters) {
        try (Gradients.Recording paused = resources.gradients().paused()) {
            List<Problem> clamp = Mismatch.clamp(settings, parameters.metadata());
            if (!clamp.isEmpty()) {
                throw new InvalidConfigurationException(clamp);
            }
            Networks networks = Networks.of(resources.operators(), parameters, settings.dimensions());
            FrozenGenerator.Frozen frozen = new FrozenGenerator.Frozen(
                    settings.dimensions(),
                    networks.mapping().effective(),
                    networks.average(),
                    networks.synthesis().effective(settings.noise(), settings.precision(), settings.convClamp()),
                    settings.noise() == Noise.RANDOM
                            ? PointNoise.random(resources.random().child("noise"))
                            : PointNoise.BUILT_IN);
            return settings.discriminator() == Critic.ABSENT ? alone(frozen) : withCritic(frozen, parameters);
        } catch (InvalidConfigurationException e) {
            throw new Mismatch(settings, resources).explain(e);
        }
    }

    private FrozenGenerator alone(FrozenGenerator.Frozen frozen) {
        return settings.conditions() == 0
                ? new FrozenGenerator.Plain(frozen)
                : new FrozenGenerator.WithConditions(frozen);
    }

    private FrozenGenerator withCritic(FrozenGenerator.Frozen frozen, Parameters parameters) {
        FrozenGenerator.WithCritic criticized = new FrozenGenerator.WithCritic(
                frozen,
                new Discriminator(resources.operators(), parameters, settings.dimensions())
                        .effective(settings.convClamp(), settings.groupSize()));
        return settings.conditions() == 0
                ? criticized
                : new FrozenGenerator.WithConditionsAndCritic(new FrozenGenerator.WithConditions(frozen), criticized);
    }

    @Override
    public void train(Parameters parameters, Images images, TrainingContext context) {
        new VariationalTraining(resources, settings, context).run(parameters, images);
    }
}
