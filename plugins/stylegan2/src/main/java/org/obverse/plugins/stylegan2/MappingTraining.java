package org.obverse.plugins.stylegan2;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.obverse.api.network.Parameters;
import org.obverse.api.plugin.Resources;
import org.obverse.api.random.RandomStream;
import org.obverse.api.tensor.Gradients;
import org.obverse.api.training.TrainingContext;

/**
 * Trains the mapping network alone, so that what it makes of a normal z is spread over w as the images are that were encoded there. So the
 * autoencoder may use w as sharp images need it, and the divergence that keeps samples likely costs no sharpness (the two stages of Dai and
 * Wipf 2019). Minimised is the energy distance, {@code 2 E|x - y| - E|x - x'| - E|y - y'|} between what is mapped and draws of the
 * posteriors, which is 0 for equal distributions only (Székely and Rizzo 2013, proposition 1).
 */
final class MappingTraining {
    private static final int BATCH = 256;
    private static final int PROGRESS = 500;

    private final Resources resources;
    private final StyleGan2 settings;
    private final GeneratorTraining training;
    private final TrainingContext context;
    private final RandomStream random;

    MappingTraining(Resources resources, StyleGan2 settings, TrainingContext context) {
        this.resources = resources;
        this.settings = settings;
        this.training = settings.training();
        this.context = context;
        this.random = context.random().child("mapping");
    }

    /**
     * @param generator of which the mapping's weights are changed
     * @param styles where the images are in w, one row each
     */
    void run(Parameters generator, Encoder.Posterior styles) {
        try (NDManager manager = generator.manager().newSubManager();
                ParameterGroups groups = new ParameterGroups(resources)) {
            Parameters latest = new Parameters(manager, TensorSources.copied(generator));
            Mapping mapping = Networks.of(resources.operators(), latest, settings.dimensions())
                    .mapping();
            latest.requireGradients(Parameters.Requirement.TRAINABLE);
            groups.add(latest, Networks.IS_MAPPING, training.learningRate() * training.mappingRate());
            for (int step = 0; step < training.mappingSteps(); step++) {
                context.checkpoint();
                try (NDScope scope = new NDScope()) {
                    Map<String, Double> figures = Map.of("distance", step(step, styles, mapping, groups));
                    VariationalTraining.requireFinite(figures, step);
                    if ((step + 1) % PROGRESS == 0 || step + 1 == training.mappingSteps()) {
                        context.progress(training.steps() + step + 1, training.allSteps(), figures);
                    }
                }
            }
            latest.trainable().forEach((name, tensor) -> {
                if (Networks.IS_MAPPING.test(name)) {
                    tensor.copyTo(Objects.requireNonNull(generator.all().get(name), name));
                }
            });
        }
    }

    /** The energy distance before the step. */
    private double step(int step, Encoder.Posterior styles, Mapping mapping, ParameterGroups groups) {
        RandomStream draws = random.child("step", step);
        NDManager manager = styles.mean().getManager();
        NDArray w = styles.rows(
                        rows(draws.child("rows"), styles.mean().getShape().get(0)))
                .draw(gaussians(manager, draws.child("styles"), settings.styleSize()));
        NDArray z = gaussians(manager, draws.child("latents"), settings.latentSize());
        try (Gradients.Recording recording = resources.gradients().recording()) {
            NDArray mapped = mapping.effective().apply(z);
            NDArray distance = energyDistance(mapped, w);
            groups.step(distance, training.rateOfMapping(step));
            return distance.toType(DataType.FLOAT64, false).getDouble();
        }
    }

    /** Of two samples {@code [N, style]}, without bias but for the small number in {@link #distances}; a scalar. */
    static NDArray energyDistance(NDArray rows, NDArray others) {
        return distances(rows, others).mean().mul(2).sub(within(rows)).sub(within(others));
    }

    /** The mean over pairs of different rows. */
    private static NDArray within(NDArray rows) {
        long count = rows.getShape().get(0);
        return distances(rows, rows).sum().div(count * (count - 1.0));
    }

    /** {@code [N, M]}; the small number keeps the gradient of a distance of 0 finite. */
    private static NDArray distances(NDArray rows, NDArray others) {
        NDArray squares = rows.square()
                .sum(new int[] {1}, true)
                .add(others.square().sum(new int[] {1}))
                .sub(rows.matMul(others.transpose()).mul(2));
        return squares.maximum(1e-6).sqrt();
    }

    private static int[] rows(RandomStream random, long count) {
        return IntStream.range(0, BATCH).map(i -> random.below((int) count)).toArray();
    }

    private static NDArray gaussians(NDManager manager, RandomStream stream, int size) {
        return manager.create(stream.gaussians(BATCH * size), new Shape(BATCH, size));
    }
}
