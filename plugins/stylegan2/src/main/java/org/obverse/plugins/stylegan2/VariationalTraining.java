package org.obverse.plugins.stylegan2;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.LinkedHashMap;
import java.util.Map;
import org.obverse.api.data.Images;
import org.obverse.api.network.ParameterSource;
import org.obverse.api.network.Parameters;
import org.obverse.api.plugin.Resources;
import org.obverse.api.random.RandomStream;
import org.obverse.api.tensor.Gradients;
import org.obverse.api.training.TrainingContext;

/** Trains a generator as {@link GeneratorTraining} says. */
final class VariationalTraining {
    private static final int PROGRESS = 50;
    private static final int AVERAGED = 10_000;

    private final Resources resources;
    private final StyleGan2 settings;
    private final GeneratorTraining training;
    private final TrainingContext context;

    VariationalTraining(Resources resources, StyleGan2 settings, TrainingContext context) {
        this.resources = resources;
        this.settings = settings;
        this.training = settings.training();
        this.context = context;
    }

    /**
     * @param parameters an empty set; afterwards it holds the average of the generator's weights over the steps and, if
     *     the weights are to include one, the discriminator
     */
    void run(Parameters parameters, Images images) {
        Networks result = Networks.of(resources.operators(), parameters, settings.dimensions());
        boolean stored = settings.discriminator() == Critic.INCLUDED;
        if (stored) {
            new Discriminator(resources.operators(), parameters, settings.dimensions());
        }
        try (NDManager manager = parameters.manager().newSubManager()) {
            RandomStream random = context.random();
            Parameters generator = new Parameters(manager, TensorSources.copied(parameters));
            Parameters critic = new Parameters(
                    manager,
                    stored
                            ? TensorSources.copied(parameters)
                            : ParameterSource.fresh(random.child("discriminator")));
            TrainingImages batches = new TrainingImages(manager, images, random.child("order"));
            try (Autoencoder autoencoder =
                            new Autoencoder(resources, settings, manager, generator, random.child("encoder"));
                    Adversary adversary = new Adversary(resources, settings, critic)) {
                ReconstructionLoss loss = new ReconstructionLoss(
                        resources.operators(), manager, settings.resolution(), training.focus());
                for (int step = 0; step < training.steps(); step++) {
                    context.checkpoint();
                    try (NDScope scope = new NDScope()) {
                        new Step(autoencoder, adversary, loss, batches.batch(manager, step, training.batch()), step)
                                .run();
                        average(parameters, generator, step);
                    }
                }
            }
            if (stored) {
                critic.all().forEach((name, tensor) -> tensor.copyTo(tensor(parameters, name)));
            }
            storeAverageStyle(result, random.child("average"));
        }
    }

    private void average(Parameters averages, Parameters latest, int step) {
        double kept = Math.min(training.average(), (1.0 + step) / (10.0 + step));
        latest.trainable().forEach((name, tensor) ->
                tensor(averages, name).muli(kept).addi(tensor.mul(1 - kept)));
    }

    private static NDArray tensor(Parameters parameters, String name) {
        NDArray tensor = parameters.all().get(name);
        if (tensor == null) {
            throw new IllegalStateException("there is no tensor '" + name + "'");
        }
        return tensor;
    }

    private void storeAverageStyle(Networks result, RandomStream random) {
        try (NDScope scope = new NDScope()) {
            NDArray z = gaussians(result.average().getManager(), random, AVERAGED);
            result.mapping().effective().apply(z).mean(new int[] {0}).copyTo(result.average());
        }
    }

    /** Products of scalars with Java's numbers are float64. */
    private static double value(NDArray scalar) {
        return scalar.toType(DataType.FLOAT64, false).getDouble();
    }

    private NDArray gaussians(NDManager manager, RandomStream random, int count) {
        int size = settings.latentSize();
        return manager.create(random.gaussians(count * size), new Shape(count, size));
    }

    /** One optimizer step of everything. */
    private final class Step {
        private final Autoencoder autoencoder;
        private final Adversary adversary;
        private final ReconstructionLoss reconstruction;
        private final NDArray images;
        private final int step;
        private final Map<String, Double> figures = new LinkedHashMap<>();

        Step(Autoencoder autoencoder, Adversary adversary, ReconstructionLoss reconstruction, NDArray images, int step) {
            this.autoencoder = autoencoder;
            this.adversary = adversary;
            this.reconstruction = reconstruction;
            this.images = images;
            this.step = step;
        }

        void run() {
            int adversarialSteps = step - training.firstAdversarialStep();
            int judged = training.batch() / 2;
            NDArray fakes = stepGenerator(adversarialSteps >= 0 ? judged / 2 : 0);
            if (adversarialSteps >= 0) {
                NDArray reals = images.get(new NDIndex("0:{}", judged));
                figures.put("discriminator", adversary.step(fakes, reals, adversarialSteps));
            }
            if ((step + 1) % PROGRESS == 0 || step + 1 == training.steps()) {
                context.progress(step + 1, training.steps(), figures);
            }
        }

        /**
         * @param fresh the number of images drawn from the prior beside the reconstructions
         * @return for the discriminator: as many of the reconstructions, and the images from the prior
         */
        private NDArray stepGenerator(int fresh) {
            int batch = training.batch();
            RandomStream random = context.random().child("step", step);
            NDManager manager = images.getManager();
            NDArray noise = gaussians(manager, random.child("posterior"), batch);
            Gradients gradients = resources.gradients();
            try (Gradients.Recording recording = gradients.recording()) {
                Encoder.Posterior posterior = autoencoder.encode(images);
                NDArray z = posterior.draw(noise);
                NDArray prior = fresh == 0 ? z : z.concat(gaussians(manager, random.child("prior"), fresh), 0);
                NDArray decoded = autoencoder.decode(prior);
                NDArray reconstructed = decoded.get(new NDIndex("0:{}", batch));
                NDArray error = reconstruction.of(reconstructed, images);
                NDArray divergence = posterior.divergence();
                NDArray loss = error.add(divergence.mul(training.divergence(step)));
                NDArray fakes = decoded.get(new NDIndex("{}:", batch - fresh));
                if (fresh > 0) {
                    NDArray doubt = adversary.generatorLoss(fakes);
                    loss = loss.add(doubt.mul(training.adversarial()));
                    figures.put("adversarial", value(doubt));
                }
                autoencoder.step(gradients.of(loss, autoencoder.variables()), training.rate(step));
                figures.put("loss", value(error));
                figures.put("difference", value(reconstructed.sub(images).abs().mean()));
                figures.put("divergence", value(divergence));
                return fakes;
            }
        }
    }
}
