package org.obverse.plugins.stylegan2;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.obverse.api.data.Images;
import org.obverse.api.network.ParameterSource;
import org.obverse.api.network.Parameters;
import org.obverse.api.plugin.InvalidConfigurationException;
import org.obverse.api.plugin.Problem;
import org.obverse.api.plugin.Resources;
import org.obverse.api.random.RandomStream;
import org.obverse.api.training.TrainingContext;
import org.obverse.gans.PublicBatches;

/** Trains a generator as {@link GeneratorTraining} says. */
final class VariationalTraining {
    private static final int PROGRESS = 50;
    private static final int ENCODED = 500;

    /** Draws whose mean becomes the average of w, as StyleGAN's projector takes them. */
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
     * @throws InvalidConfigurationException if the images have another size or do not fill a batch
     */
    void run(Parameters parameters, Images images) {
        requireFit(images);
        Networks result = Networks.of(resources.operators(), parameters, settings.dimensions());
        try (NDManager manager = parameters.manager().newSubManager()) {
            Parameters latest = new Parameters(manager, TensorSources.copied(parameters));
            Parameters critic = critic(parameters, manager);
            train(parameters, latest, critic, images, manager);
            if (settings.discriminator() == Critic.INCLUDED) {
                critic.all().forEach((name, tensor) -> tensor.copyTo(tensor(parameters, name)));
            }
        }
        storeAverageStyle(result, context.random().child("average"));
    }

    private void requireFit(Images images) {
        Shape expected = new Shape(3, settings.resolution(), settings.resolution());
        if (!images.shape().equals(expected)) {
            throw new InvalidConfigurationException(new Problem(
                    "generator.resolution",
                    "the public images are " + images.shape() + ", but the generator makes " + expected,
                    "use the resolution of the data"));
        }
        if (images.size() < training.batch()) {
            throw new InvalidConfigurationException(new Problem(
                    "generator.training.batch",
                    "there are only " + images.size() + " public images for a batch of " + training.batch(),
                    "use a smaller batch or more images"));
        }
    }

    /** The discriminator's tensors, fresh; asked for from the caller's set if they are to be stored. */
    private Parameters critic(Parameters parameters, NDManager manager) {
        if (settings.discriminator() == Critic.ABSENT) {
            return new Parameters(
                    manager, ParameterSource.fresh(context.random().child("discriminator")));
        }
        new Discriminator(resources.operators(), parameters, settings.dimensions());
        return new Parameters(manager, TensorSources.copied(parameters));
    }

    private void train(Parameters averages, Parameters latest, Parameters critic, Images images, NDManager manager) {
        RandomStream random = context.random();
        PublicBatches batches = new PublicBatches(manager, images);
        PublicBatches.Order order = batches.order(random.child("order"), training.batch());
        ReconstructionLoss reconstruction =
                new ReconstructionLoss(resources.operators(), manager, settings.resolution(), training.focus());
        try (Autoencoder autoencoder = new Autoencoder(resources, settings, manager, latest, random.child("encoder"));
                Adversary adversary = new Adversary(resources, settings, critic)) {
            TrainingStep trainingStep =
                    new TrainingStep(resources, settings, random, autoencoder, adversary, reconstruction);
            for (int step = 0; step < training.steps(); step++) {
                context.checkpoint();
                try (NDScope scope = new NDScope()) {
                    Map<String, Double> figures = trainingStep.run(batches.read(manager, order.at(step)), step);
                    requireFinite(figures, step);
                    average(averages, latest, step);
                    if ((step + 1) % PROGRESS == 0 || step + 1 == training.steps()) {
                        context.progress(step + 1, training.allSteps(), figures);
                    }
                }
            }
            if (training.hasTwoStages()) {
                new MappingTraining(resources, settings, context)
                        .run(averages, styles(autoencoder, batches, images.size(), manager));
            }
        }
    }

    /** Where the encoder puts all images. */
    private static Encoder.Posterior styles(
            Autoencoder autoencoder, PublicBatches batches, int count, NDManager manager) {
        NDList means = new NDList();
        NDList logVariances = new NDList();
        for (int from = 0; from < count; from += ENCODED) {
            try (NDScope scope = new NDScope()) {
                int[] rows =
                        IntStream.range(from, Math.min(count, from + ENCODED)).toArray();
                Encoder.Posterior part = autoencoder.encode(batches.read(manager, rows));
                means.add(part.mean());
                logVariances.add(part.logVariance());
                NDScope.unregister(part.mean(), part.logVariance());
            }
        }
        return new Encoder.Posterior(NDArrays.concat(means), NDArrays.concat(logVariances));
    }

    static void requireFinite(Map<String, Double> figures, int step) {
        if (figures.values().stream().anyMatch(figure -> figure.isNaN() || figure.isInfinite())) {
            throw new IllegalStateException(
                    "the training diverged at step " + step + ": " + figures + "; lower its learning rates");
        }
    }

    /** An exponential moving average; it starts short, so that the initial weights are soon forgotten. */
    private void average(Parameters averages, Parameters latest, int step) {
        double kept = Math.min(training.average(), (1.0 + step) / (10.0 + step));
        latest.trainable()
                .forEach((name, tensor) -> tensor(averages, name).muli(kept).addi(tensor.mul(1 - kept)));
    }

    private static NDArray tensor(Parameters parameters, String name) {
        return Objects.requireNonNull(parameters.all().get(name), name);
    }

    private void storeAverageStyle(Networks result, RandomStream random) {
        try (NDScope scope = new NDScope()) {
            int size = settings.latentSize();
            NDArray z =
                    result.average().getManager().create(random.gaussians(AVERAGED * size), new Shape(AVERAGED, size));
            result.mapping().effective().apply(z).mean(new int[] {0}).copyTo(result.average());
        }
    }
}
