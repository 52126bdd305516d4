package org.obverse.plugins.ked;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.Map;
import org.obverse.api.attack.StageContext;
import org.obverse.api.data.Images;
import org.obverse.api.network.Activations;
import org.obverse.api.network.Parameters;
import org.obverse.api.network.Pass;
import org.obverse.api.plugin.Resources;
import org.obverse.api.random.RandomStream;
import org.obverse.api.tensor.Gradients;
import org.obverse.api.tensor.Operators;
import org.obverse.gans.AdversarialRecipe;
import org.obverse.gans.Diverged;
import org.obverse.gans.GeneratorNetwork;
import org.obverse.gans.MinibatchDiscriminator;
import org.obverse.gans.Player;
import org.obverse.gans.PublicBatches;

/** One training of the inversion GAN (Chen et al. 2021, with the constants of the published code). */
final class InversionGanTraining {
    private final InversionGanSettings settings;
    private final AdversarialRecipe recipe;
    private final Resources resources;
    private final Operators operators;
    private final GeneratorNetwork generator;
    private final MinibatchDiscriminator discriminator;
    private final StageContext context;
    private final RandomStream random;
    private final NDManager manager;
    private final Pass pass;

    InversionGanTraining(
            InversionGanSettings settings,
            Resources resources,
            GeneratorNetwork generator,
            MinibatchDiscriminator discriminator,
            StageContext context) {
        this.settings = settings;
        this.recipe = settings.training();
        this.resources = resources;
        this.operators = resources.operators();
        this.generator = generator;
        this.discriminator = discriminator;
        this.context = context;
        this.random = context.random();
        this.manager = context.manager();
        this.pass = Pass.training(random.child("pass"));
    }

    /**
     * @param drawn the generator's tensors
     */
    void run(Parameters drawn) {
        Images images = context.publicImages();
        int steps = recipe.steps(images);
        PublicBatches batches = new PublicBatches(manager, images);
        Confidences confidences = Confidences.ask(batches, images.size(), context);
        PublicBatches.Order known = order(batches, "known");
        PublicBatches.Order others = order(batches, "others");
        PublicBatches.Order matched = order(batches, "matched");
        try (Player drawing = new Player(drawn, recipe, resources);
                Player judging = new Player(discriminator.parameters(), recipe, resources)) {
            for (int step = 0; step < steps; step++) {
                context.checkpoint();
                RandomStream draws = random.child("step", step);
                try (NDScope scope = new NDScope()) {
                    double loss = judge(judging, batches, confidences, known.at(step), others.at(step), draws);
                    if (recipe.generatorLearns(step)) {
                        draw(drawing, batches.read(manager, matched.at(step)), draws);
                    }
                    Diverged.unlessFinite("loss", loss, step);
                    context.progress(step + 1L, steps, Map.of("loss", loss));
                }
            }
        }
    }

    private PublicBatches.Order order(PublicBatches batches, String name) {
        return batches.order(random.child("order").child(name), recipe.batch());
    }

    private double judge(
            Player judging,
            PublicBatches batches,
            Confidences confidences,
            int[] known,
            int[] others,
            RandomStream draws) {
        NDArray knownImages = batches.read(manager, known);
        NDArray otherImages = batches.read(manager, others);
        NDArray soft = confidences.of(manager, known);
        NDArray fakes = images(draws.child("discriminator"));
        try (Gradients.Recording recording = resources.gradients().recording()) {
            NDArray loss = Losses.discriminator(
                    logits(knownImages), soft, logits(otherImages), logits(fakes), settings.knowledge(), operators);
            judging.learn(loss);
            return loss.toType(DataType.FLOAT64, false).getDouble();
        }
    }

    private NDArray logits(NDArray images) {
        return discriminator.forward(images, pass).logits();
    }

    private void draw(Player drawing, NDArray reals, RandomStream draws) {
        NDArray aim = discriminator.forward(reals, pass).tap(MinibatchDiscriminator.FEATURES);
        try (Gradients.Recording recording = resources.gradients().recording()) {
            Activations seen = discriminator.forward(images(draws.child("generator")), pass);
            NDArray loss = Losses.mismatch(seen.tap(MinibatchDiscriminator.FEATURES), aim)
                    .add(Losses.entropy(seen.logits()).mul(settings.entropy()));
            drawing.learn(loss);
        }
    }

    /** New images {@code [batch, 3, H, W]} in [-1, 1]. */
    private NDArray images(RandomStream draws) {
        int latent = settings.latentSize();
        NDArray z = manager.create(draws.gaussians(recipe.batch() * latent), new Shape(recipe.batch(), latent));
        return generator.images(z, pass);
    }
}
