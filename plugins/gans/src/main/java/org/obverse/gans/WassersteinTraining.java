package org.obverse.gans;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.Map;
import org.obverse.api.data.Images;
import org.obverse.api.network.ParameterSource;
import org.obverse.api.network.Parameters;
import org.obverse.api.network.Pass;
import org.obverse.api.plugin.Resources;
import org.obverse.api.random.RandomStream;
import org.obverse.api.tensor.Gradients;
import org.obverse.api.training.TrainingContext;
import org.obverse.networks.Namespace;

/**
 * The training of a generator on public images alone, WGAN-GP as GMI uses it (Gulrajani et al. 2017; Zhang et al. 2020):
 * the critic minimises {@code E D(G(z)) - E D(x) + λ (‖∇D(x̃)‖ - 1)²}, the generator {@code -E D(G(z))}. Pixels are in
 * [0, 1] here, so that λ and the norm mean what they were published for.
 */
public final class WassersteinTraining {
    private final Resources resources;
    private final Layout layout;
    private final AdversarialRecipe recipe;
    private final double penalty;

    /**
     * @param penalty λ
     */
    public WassersteinTraining(Resources resources, Layout layout, AdversarialRecipe recipe, double penalty) {
        this.resources = resources;
        this.layout = layout;
        this.recipe = recipe;
        this.penalty = penalty;
    }

    /**
     * Trains from initial values that it draws.
     *
     * @param images public images, of the layout's shape
     * @param manager of the result and of everything that lives as long as the training
     * @return the tensors of both networks, frozen
     * @throws IllegalStateException if the losses do not stay finite
     */
    public Trained run(Images images, NDManager manager, TrainingContext context) {
        RandomStream initial = context.random().child("initial");
        Parameters generator = new Parameters(manager, ParameterSource.fresh(initial.child("generator")));
        Parameters critic = new Parameters(manager, ParameterSource.fresh(initial.child("critic")));
        GeneratorNetwork network = GeneratorNetwork.of(root(generator), layout);
        WassersteinCritic judge = WassersteinCritic.of(root(critic), layout);
        PublicBatches batches = new PublicBatches(manager, images);
        int steps = recipe.steps(images);
        try (Player drawing = new Player(generator, recipe, resources);
                Player judging = new Player(critic, recipe, resources)) {
            new Loop(network, judge, drawing, judging, context.random(), manager).run(batches, steps, context);
        }
        return new Trained(generator, critic);
    }

    private Namespace root(Parameters parameters) {
        return Namespace.root(parameters, resources.operators());
    }

    /**
     * What a training leaves.
     *
     * @param generator {@link GeneratorNetwork#of} takes them
     * @param critic {@link WassersteinCritic#of} takes them
     */
    public record Trained(Parameters generator, Parameters critic) {}

    /** One training under way. */
    private final class Loop {
        private final GeneratorNetwork network;
        private final WassersteinCritic judge;
        private final Player drawing;
        private final Player judging;
        private final RandomStream random;
        private final NDManager manager;
        private final Pass pass;

        private Loop(
                GeneratorNetwork network,
                WassersteinCritic judge,
                Player drawing,
                Player judging,
                RandomStream random,
                NDManager manager) {
            this.network = network;
            this.judge = judge;
            this.drawing = drawing;
            this.judging = judging;
            this.random = random;
            this.manager = manager;
            this.pass = Pass.training(random.child("pass"));
        }

        void run(PublicBatches batches, int steps, TrainingContext context) {
            PublicBatches.Order order = batches.order(random.child("order"), recipe.batch());
            for (int step = 0; step < steps; step++) {
                context.checkpoint();
                RandomStream draws = random.child("step", step);
                try (NDScope scope = new NDScope()) {
                    double distance = critic(batches.read(manager, order.at(step)), draws);
                    if (recipe.generatorLearns(step)) {
                        generator(draws);
                    }
                    Diverged.unlessFinite("distance", distance, step);
                    context.progress(step + 1L, steps, Map.of("distance", distance));
                }
            }
        }

        /** One step of the critic; how much more real it finds the public images. */
        private double critic(NDArray images, RandomStream draws) {
            Gradients gradients = resources.gradients();
            NDArray reals = PixelRange.unit(images);
            NDArray fakes = network.apply(latents(draws.child("critic")), pass);
            try (Gradients.Recording recording = gradients.recording()) {
                NDArray distance = judge.apply(reals, pass)
                        .mean()
                        .sub(judge.apply(fakes, pass).mean());
                NDArray slopes = GradientPenalty.of(
                        x -> judge.apply(x, pass), reals, fakes, shares(draws.child("penalty")), gradients);
                judging.learn(slopes.mul(penalty).sub(distance));
                return distance.toType(DataType.FLOAT64, false).getDouble();
            }
        }

        private void generator(RandomStream draws) {
            NDArray z = latents(draws.child("generator"));
            try (Gradients.Recording recording = resources.gradients().recording()) {
                drawing.learn(judge.apply(network.apply(z, pass), pass).mean().neg());
            }
        }

        private NDArray latents(RandomStream draws) {
            return manager.create(
                    draws.gaussians(recipe.batch() * layout.latentSize()),
                    new Shape(recipe.batch(), layout.latentSize()));
        }

        private NDArray shares(RandomStream draws) {
            float[] shares = new float[recipe.batch()];
            for (int i = 0; i < shares.length; i++) {
                shares[i] = (float) draws.uniform();
            }
            return manager.create(shares);
        }
    }
}
