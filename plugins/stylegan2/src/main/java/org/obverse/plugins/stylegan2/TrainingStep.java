package org.obverse.plugins.stylegan2;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.LinkedHashMap;
import java.util.Map;
import org.obverse.api.plugin.Resources;
import org.obverse.api.random.RandomStream;
import org.obverse.api.tensor.Gradients;

/** One optimizer step of everything that a training trains. */
final class TrainingStep {
    private final Resources resources;
    private final GeneratorTraining training;
    private final int codeSize;
    private final RandomStream random;
    private final Autoencoder autoencoder;
    private final Adversary adversary;
    private final ReconstructionLoss reconstruction;

    /**
     * @param random of the training; each step draws from a child of its number
     */
    TrainingStep(
            Resources resources,
            StyleGan2 settings,
            RandomStream random,
            Autoencoder autoencoder,
            Adversary adversary,
            ReconstructionLoss reconstruction) {
        this.resources = resources;
        this.training = settings.training();
        this.codeSize = Autoencoder.codeSize(settings);
        this.random = random;
        this.autoencoder = autoencoder;
        this.adversary = adversary;
        this.reconstruction = reconstruction;
    }

    /**
     * @param images of the step, {@code [batch, 3, side, side]}
     * @param step its number, from 0
     * @return what can be reported, by name
     */
    Map<String, Double> run(NDArray images, int step) {
        Map<String, Double> figures = new LinkedHashMap<>();
        int count = step - training.adversarialFrom();
        int judged = count < 0 ? 0 : training.batch() / 2;
        // The codes of two stages have no prior yet.
        NDArray fakes = stepAutoencoder(images, step, judged, training.hasTwoStages() ? 0 : judged / 2, figures);
        if (judged > 0) {
            NDArray reals = images.get(new NDIndex("0:{}", judged));
            figures.put("discriminator", adversary.step(fakes, reals, count));
        }
        return figures;
    }

    /**
     * @param judged the number of images for the discriminator
     * @param fresh how many of them are drawn from the prior; the others are reconstructions
     * @return for the discriminator
     */
    private NDArray stepAutoencoder(NDArray images, int step, int judged, int fresh, Map<String, Double> figures) {
        int batch = training.batch();
        NDManager manager = images.getManager();
        RandomStream draws = random.child("step", step);
        NDArray noise = gaussians(manager, draws.child("posterior"), batch);
        try (Gradients.Recording recording = resources.gradients().recording()) {
            Encoder.Posterior posterior = autoencoder.encode(images);
            NDArray codes = posterior.draw(noise);
            NDArray decoded = autoencoder.decode(
                    fresh == 0 ? codes : codes.concat(gaussians(manager, draws.child("prior"), fresh), 0));
            NDArray reconstructed = decoded.get(new NDIndex("0:{}", batch));
            NDArray error = reconstruction.of(reconstructed, images);
            NDArray divergence = posterior.divergence();
            NDArray loss = error.add(divergence.mul(training.divergence(step)));
            NDArray fakes = decoded.get(new NDIndex("{}:", batch + fresh - judged));
            if (judged > 0) {
                NDArray doubt = adversary.generatorLoss(fakes);
                loss = loss.add(doubt.mul(training.adversarial()));
                figures.put("adversarial", value(doubt));
            }
            autoencoder.step(loss, training.rate(step));
            figures.put("loss", value(error));
            figures.put("difference", value(reconstructed.sub(images).abs().mean()));
            figures.put("divergence", value(divergence));
            return fakes;
        }
    }

    /** Products of scalars with Java's numbers are float64. */
    private static double value(NDArray scalar) {
        return scalar.toType(DataType.FLOAT64, false).getDouble();
    }

    private NDArray gaussians(NDManager manager, RandomStream stream, int count) {
        return manager.create(stream.gaussians(count * codeSize), new Shape(count, codeSize));
    }
}
