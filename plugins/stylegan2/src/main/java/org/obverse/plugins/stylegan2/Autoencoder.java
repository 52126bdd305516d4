package org.obverse.plugins.stylegan2;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.obverse.api.network.ParameterSource;
import org.obverse.api.network.Parameters;
import org.obverse.api.plugin.Resources;
import org.obverse.api.random.RandomStream;
import org.obverse.api.training.ParameterOptimizer;

/** An encoder and a generator as its decoder, with the optimizers that train them. */
final class Autoencoder implements AutoCloseable {
    private static final double BETA1 = 0.9;
    private static final double BETA2 = 0.99;

    private final double clamp;
    private final Encoder encoder;
    private final Networks decoder;
    private final NDList variables = new NDList();
    private final List<Group> groups = new ArrayList<>();

    /** Variables with a learning rate of their own. */
    private record Group(ParameterOptimizer optimizer, int from, int to, double rate) {}

    /**
     * @param manager of the encoder
     * @param generator of fresh weights, changed in place by each step
     * @param random for the encoder's initial weights
     */
    Autoencoder(Resources resources, StyleGan2 settings, NDManager manager, Parameters generator, RandomStream random) {
        GeneratorTraining training = settings.training();
        this.clamp = settings.convClamp();
        Parameters encoding = new Parameters(manager, ParameterSource.fresh(random));
        this.encoder = new Encoder(resources.operators(), encoding, settings.resolution(), settings.latentSize());
        this.decoder = Networks.of(resources.operators(), generator, settings.dimensions());
        Predicate<String> mapping = name -> name.startsWith(Networks.MAPPING);
        add(resources, generator, mapping.negate(), training.learningRate());
        add(resources, generator, mapping, training.learningRate() * training.mappingRate());
        add(resources, encoding, name -> true, training.encoderRate());
    }

    private void add(Resources resources, Parameters parameters, Predicate<String> names, double rate) {
        parameters.requireGradients(Parameters.Requirement.TRAINABLE);
        NDList chosen = new NDList();
        parameters.trainable().forEach((name, tensor) -> {
            if (names.test(name)) {
                chosen.add(tensor);
            }
        });
        ParameterOptimizer optimizer = resources.training().adam(chosen, BETA1, BETA2, 1e-8, 0);
        groups.add(new Group(optimizer, variables.size(), variables.size() + chosen.size(), rate));
        variables.addAll(chosen);
    }

    /** Everything that a step changes. */
    NDList variables() {
        return variables;
    }

    Encoder.Posterior encode(NDArray images) {
        return encoder.posterior(images);
    }

    /** Images {@code [N, 3, side, side]} for {@code [N, latent]}, without noise; to be called while recording. */
    NDArray decode(NDArray z) {
        return decoder.synthesis()
                .effective(Noise.NONE, Precision.FLOAT32, clamp)
                .apply(decoder.mapping().effective().apply(z).expandDims(1), NoiseSource.BUILT_IN);
    }

    /**
     * @param gradients one per variable
     * @param factor of all learning rates
     */
    void step(NDList gradients, double factor) {
        for (Group group : groups) {
            group.optimizer().step(new NDList(gradients.subList(group.from(), group.to())), group.rate() * factor);
        }
    }

    @Override
    public void close() {
        groups.forEach(group -> group.optimizer().close());
    }
}
