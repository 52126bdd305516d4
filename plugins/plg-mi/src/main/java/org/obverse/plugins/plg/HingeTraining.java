package org.obverse.plugins.plg;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.DataType;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.obverse.api.attack.StageContext;
import org.obverse.api.data.Images;
import org.obverse.api.network.Parameters;
import org.obverse.api.network.Pass;
import org.obverse.api.oracle.WhiteBox;
import org.obverse.api.plugin.Resources;
import org.obverse.api.random.RandomStream;
import org.obverse.api.tensor.Gradients;
import org.obverse.gans.ConditionalDraw;
import org.obverse.gans.ConditionalNetwork;
import org.obverse.gans.ConditionalRecipe;
import org.obverse.gans.Diverged;
import org.obverse.gans.Player;
import org.obverse.gans.PublicBatches;

/**
 * One training of the conditional GAN (Yuan et al. 2023, with the constants of the published code). With y' uniform over the classes
 * and MM the max-margin loss of what the target says of augmented images,
 *
 * <pre>{@code
 * L_D = E max(0, 1 - D(x, y)) + E max(0, 1 + D(G(z, y'), y'))
 * L_G = -E D(G(z, y'), y') + α E MM(T(A(G(z, y'))), y')
 * }</pre>
 *
 * <p>In an iteration the generator learns first.
 */
final class HingeTraining {
    /** Of one grey level of 256, in images from -1 to 1. */
    private static final double DEQUANTISATION = 2.0 / 256;

    private static final double EXCLUDED = 1e30;

    private final PseudoLabelGanSettings settings;
    private final ConditionalRecipe recipe;
    private final Resources resources;
    private final ConditionalNetwork generator;
    private final ProjectionDiscriminator discriminator;
    private final Optional<WhiteBox> target;
    private final StageContext context;
    private final NDManager manager;
    private final Pass pass;

    /**
     * @param target asked about generated images; nothing if the generator does not learn from it
     */
    HingeTraining(
            PseudoLabelGanSettings settings,
            Resources resources,
            ConditionalNetwork generator,
            ProjectionDiscriminator discriminator,
            Optional<WhiteBox> target,
            StageContext context) {
        this.settings = settings;
        this.recipe = settings.training();
        this.resources = resources;
        this.generator = generator;
        this.discriminator = discriminator;
        this.target = target;
        this.context = context;
        this.manager = context.manager();
        this.pass = Pass.training(context.random().child("pass"));
    }

    /**
     * @param labelled images with pseudo labels
     * @param drawn the generator's tensors
     * @param judged the discriminator's tensors
     */
    void run(Images labelled, Parameters drawn, Parameters judged) {
        recipe.requireEnough(labelled, "images with pseudo labels", "a larger per-class");
        PublicBatches batches = new PublicBatches(manager, labelled);
        PublicBatches.Order order = batches.order(context.random().child("order"), recipe.batch());
        try (Player drawing = new Player(drawn, recipe.adam(), resources);
                Player judging = new Player(judged, recipe.adam(), resources)) {
            for (int iteration = 0; iteration < recipe.iterations(); iteration++) {
                RandomStream draws = context.random().child("iteration", iteration);
                context.checkpoint();
                double loss = draw(drawing, draws.child("generator"));
                Diverged.unlessFinite("loss", loss, iteration);
                for (int step = 0; step < recipe.discriminatorSteps(); step++) {
                    context.checkpoint();
                    int[] rows = order.at(iteration * recipe.discriminatorSteps() + step);
                    judge(judging, labelled, batches, draws.child("discriminator", step), rows);
                }
                context.progress(iteration + 1L, recipe.iterations(), Map.of("loss", loss));
            }
        }
    }

    private double draw(Player drawing, RandomStream draws) {
        try (NDScope scope = new NDScope();
                Gradients.Recording recording = resources.gradients().recording()) {
            ConditionalDraw asked = ConditionalDraw.of(draws, recipe.batch(), generator.layout(), manager);
            NDArray images = asked.images(generator, pass);
            NDArray loss = typed(discriminator.apply(images, asked.condition(), pass))
                    .mean()
                    .neg();
            if (target.isPresent()) {
                loss = loss.add(
                        margin(target.get(), images, asked, draws.child("view")).mul(settings.margin()));
            }
            drawing.learn(loss);
            return loss.getDouble();
        }
    }

    private NDArray margin(WhiteBox knowing, NDArray images, ConditionalDraw asked, RandomStream draws) {
        List<RandomStream> views = IntStream.range(0, asked.size())
                .mapToObj(image -> draws.child("image", image))
                .toList();
        NDArray logits =
                knowing.forward(settings.augmentation().apply(images, views)).logits();
        return margins(typed(logits), asked.classes()).mean();
    }

    /** {@code max over j ≠ y of l_j, minus l_y}, of each row. */
    static NDArray margins(NDArray logits, NDArray wanted) {
        int[] classes = {1};
        NDArray own = wanted.oneHot(Math.toIntExact(logits.getShape().get(1)), logits.getDataType());
        return logits.sub(own.mul(EXCLUDED)).max(classes).sub(logits.mul(own).sum(classes));
    }

    private void judge(Player judging, Images labelled, PublicBatches batches, RandomStream draws, int... rows) {
        try (NDScope scope = new NDScope()) {
            NDArray reals = batches.read(manager, rows);
            NDArray noise = manager.create(noise(draws.child("noise"), reals.size()), reals.getShape());
            NDArray known = ConditionalDraw.condition(
                    generator.layout(),
                    manager,
                    IntStream.of(rows).map(labelled::label).toArray());
            ConditionalDraw asked = ConditionalDraw.of(draws, recipe.batch(), generator.layout(), manager);
            NDArray fakes = asked.images(generator, pass);
            try (Gradients.Recording recording = resources.gradients().recording()) {
                NDArray unreal = discriminator
                        .apply(reals.add(noise), known, pass)
                        .neg()
                        .add(1)
                        .maximum(0)
                        .mean();
                NDArray unfake = discriminator
                        .apply(fakes, asked.condition(), pass)
                        .add(1)
                        .maximum(0)
                        .mean();
                judging.learn(unreal.add(unfake));
            }
        }
    }

    private static float[] noise(RandomStream draws, long count) {
        float[] noise = new float[Math.toIntExact(count)];
        for (int i = 0; i < noise.length; i++) {
            noise[i] = (float) (draws.uniform() * DEQUANTISATION);
        }
        return noise;
    }

    private NDArray typed(NDArray x) {
        return resources.operators().cast(x, DataType.FLOAT64);
    }
}
