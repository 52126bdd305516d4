package org.obverse.plugins.stylegan2;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import org.obverse.api.network.ParameterSource;
import org.obverse.api.network.Parameters;
import org.obverse.api.plugin.Resources;
import org.obverse.api.random.RandomStream;

/** An encoder and a generator as its decoder, with the optimizers that train them. */
final class Autoencoder implements AutoCloseable {
    private final double clamp;
    private final boolean inStyles;
    private final Encoder encoder;
    private final Networks decoder;
    private final ParameterGroups groups;

    /**
     * @param manager of the encoder
     * @param generator of fresh weights, changed in place by each step
     * @param random for the encoder's initial weights
     */
    Autoencoder(Resources resources, StyleGan2 settings, NDManager manager, Parameters generator, RandomStream random) {
        GeneratorTraining training = settings.training();
        this.clamp = settings.convClamp();
        this.inStyles = training.hasTwoStages();
        Parameters encoding = new Parameters(manager, ParameterSource.fresh(random));
        this.encoder = new Encoder(resources.operators(), encoding, settings.resolution(), codeSize(settings));
        this.decoder = Networks.of(resources.operators(), generator, settings.dimensions());
        generator.requireGradients(Parameters.Requirement.TRAINABLE);
        encoding.requireGradients(Parameters.Requirement.TRAINABLE);
        this.groups = new ParameterGroups(resources);
        groups.add(generator, Networks.IS_MAPPING.negate(), training.learningRate());
        if (!inStyles) {
            groups.add(generator, Networks.IS_MAPPING, training.learningRate() * training.mappingRate());
        }
        groups.add(encoding, name -> true, training.encoderRate());
    }

    /** The length of what an image is encoded as: z, or w in two stages. */
    static int codeSize(StyleGan2 settings) {
        return settings.training().hasTwoStages() ? settings.styleSize() : settings.latentSize();
    }

    Encoder.Posterior encode(NDArray images) {
        return encoder.posterior(images);
    }

    /** Images {@code [N, 3, side, side]} for codes {@code [N, length]}, without noise; to be called while recording. */
    NDArray decode(NDArray codes) {
        NDArray w = inStyles ? codes : decoder.mapping().effective().apply(codes);
        return decoder.synthesis()
                .effective(Noise.NONE, Precision.FLOAT32, clamp)
                .apply(w.expandDims(1), NoiseSource.BUILT_IN);
    }

    /** A step down a loss of what was encoded and decoded, with a factor of all learning rates. */
    void step(NDArray loss, double factor) {
        groups.step(loss, factor);
    }

    @Override
    public void close() {
        groups.close();
    }
}
